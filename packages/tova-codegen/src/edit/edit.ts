// What editing a source gives: its new text, or one sentence on why there is none.

/** Made by the functions of this folder; nothing else of the text changes. */
export type Edited =
  | { readonly text: string; readonly problem: null }
  | { readonly text: null; readonly problem: string };

export const edited = (text: string): Edited => ({ text, problem: null });
export const refused = (problem: string): Edited => ({ text: null, problem });
