import { parseAssistantSettings } from "./assistant-settings";
import { createAssistant } from "./create-assistant";
import { main } from "./main";
import { createSms, type Sms } from "./sms/create-sms";
import { parseSmsSettings } from "./sms/sms-settings";

export { createAssistant, createSms, parseAssistantSettings, parseSmsSettings };

// In Lambda a wrong environment fails the start, not the first message; elsewhere the factories are what is wanted.
const inLambda = process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined;

/** The Lambda entry of the SMS path; undefined outside Lambda. */
export const handler: Sms | undefined = inLambda ? createSms(parseSmsSettings(process.env)) : undefined;

// On the instance this file is the program.
if (require.main === module) void main(process);
