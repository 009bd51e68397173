// The methods that routes and `cors` know, upper case (spec 11.2, 11.5).
export const methods: readonly string[] = [
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "OPTIONS",
  "HEAD",
];
