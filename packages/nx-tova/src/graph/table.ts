// Gives objects for names that no other object has.

/**
 * V8 keeps a shape for every list of names that objects have had. For a table by paths or by names of
 * a program each shape would have one object; one without a prototype is a hash table from the start.
 */
export const createTable = <T>(): Record<string, T> => Object.create(null);
