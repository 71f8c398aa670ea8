/** ViT and the image encoders that store it under the same names, DeiT among them. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { encoder } from "./bert.ts";

/** ViT as data. */
export const vit: ArchitectureDescription = encoder("vit", "attention");
