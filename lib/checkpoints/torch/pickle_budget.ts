/** How much a pickle may make: as much as tensors need for its length, and several times that. */

/** A slot is a place for one value; a value that holds others also costs the slots of its own frame. */
const SLOT_BYTES = 8;

/** Slots that any pickle may fill. */
const FREE_SLOTS = 1 << 18;

/** Slots for each byte read. State dicts and optimizer states that `torch.save` wrote fill one to three. */
const SLOTS_PER_BYTE = 5;

/** The most slots of any pickle: a gigabyte, enough for 800,000 tensors. */
const MOST_SLOTS = 1 << 27;

/** Slots of a list's or tuple's frame, of a tensor and of a storage. */
export const FRAME_SLOTS = 8;

/** Slots of a dictionary without entries. */
export const DICTIONARY_SLOTS = 24;

/** Slots of an entry of a dictionary. */
export const ENTRY_SLOTS = 4;

/** The slots that a pickle has filled, which bound both its memory and its work. */
export class PickleBudget {
  /** Slots filled so far. */
  spent = 0;

  /** @param bytes Where the pickle is read, and how far. */
  constructor(private readonly bytes: { readonly position: number }) {}

  /**
   * Fill slots, to be called before they are made. Every instruction that makes or copies values pays, so that copies of
   * copies cost what they take and not what they are written with.
   *
   * @throws {Error} If the pickle has filled more than its length allows; the message goes on from a file's name.
   */
  pay(slots: number) {
    this.spent += slots;
    const { position } = this.bytes;
    const allowed = Math.min(FREE_SLOTS + SLOTS_PER_BYTE * position, MOST_SLOTS);
    if (this.spent <= allowed) return;
    throw new Error(
      `has a pickle whose first ${position} bytes unfold to more than ${
        SLOT_BYTES * allowed
      }, as no model's tensors ` +
        "do; get it again, or save the model's state_dict alone",
    );
  }
}
