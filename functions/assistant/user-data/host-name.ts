/** A host name of two labels or more in small letters, in which no shell, server or YAML reads more than text. */
export const HOST_NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
