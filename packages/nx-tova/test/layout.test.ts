// Names of files' projects.
import { names } from "@nx/devkit";
import { fileProjectName } from "../src/graph/layout";

test.each([
  "pipeline",
  "imagePipeline",
  "Image Pipeline",
  "image_pipeline2Go",
  "_private_part",
  "HTTPServer",
  "v2.shop",
  "größe Übung",
  " leading",
])("%j is named as Nx names it", (stem) => {
  expect(fileProjectName(stem)).toBe(names(stem).fileName);
});
