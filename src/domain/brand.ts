declare const brand: unique symbol

/** A type of its own over a plain value, so that passing the wrong kind of id does not compile. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
