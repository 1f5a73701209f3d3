/**
 * A CloudFront function for visitors' requests (runtime cloudfront-js-2.0): a path that ends in a slash is a folder,
 * and its page is the index document in it. Of a path without one nobody knows here whether it is a folder.
 */
export function folderIndexCode(indexDocument: string): string {
  return `function handler(event) {
  var request = event.request;
  if (request.uri.endsWith("/")) request.uri += ${JSON.stringify(indexDocument)};
  return request;
}
`;
}
