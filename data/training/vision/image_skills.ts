import { counting } from "./skills/counting.ts";
import { gap } from "./skills/gap.ts";
import type { ImageSkill } from "./skills/image_skill.ts";
import { place } from "./skills/place.ts";
import { shape } from "./skills/shape.ts";
import { stripes } from "./skills/stripes.ts";

/** The five skills of the synthetic images, in the order of the columns of `scores.csv` and of the classes. */
export const IMAGE_SKILLS: readonly ImageSkill[] = [place, stripes, shape, gap, counting];

/** Classes that an image model chooses among: four answers a skill. */
export const CLASSES: number = IMAGE_SKILLS.length * 4;
