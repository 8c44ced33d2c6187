/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The boxes of MP4 and QuickTime. Offsets to the pictures stand all over such a file, so nothing is taken out: a box
 * that tells too much becomes one of type "free", full of zeros, in the same place. Only what is behind the last box goes.
 */

#include "yj-facts-private.h"

#include <string.h>

#define MAX_DEPTH 6

typedef struct
{
  gint64 at;
  gint64 inside;                /* where its content begins */
  gint64 end;
  guint8 type[4];
} Box;

static gboolean
is (const Box  *box,
    const char *type)
{
  return memcmp (box->type, type, 4) == 0;
}

static gboolean
read_box (YjFacts *self,
          gint64   at,
          gint64   end,
          Box     *box)
{
  guint8 head[16];
  gint64 length;

  if (!yj_facts_step (self) || end - at < 8 || !yj_facts_read (self, at, head, 8))
    return FALSE;
  box->at = at;
  box->inside = at + 8;
  memcpy (box->type, head + 4, 4);
  length = yj_facts_big (head);
  if (length == 1)
    {
      if (end - at < 16 || !yj_facts_read (self, at, head, 16) || (head[8] & 0x80))
        return FALSE;
      length = (gint64) yj_facts_big (head + 8) << 32 | yj_facts_big (head + 12);
      box->inside = at + 16;
    }
  else if (length == 0)
    length = end - at;
  box->end = at + length;
  return length >= box->inside - at && length <= end - at;
}

static gboolean
blank (YjFacts   *self,
       const Box *box)
{
  return yj_facts_cut (self, box->at + 4, 4, "free", 4) && yj_facts_blank (self, box->inside, box->end - box->inside);
}

/* When the clip was made: creation and modification, behind version and flags. */
static gboolean
blank_times (YjFacts   *self,
             const Box *box)
{
  guint8 version;
  gint64 length;

  if (!yj_facts_read (self, box->inside, &version, 1))
    return FALSE;
  length = version == 1 ? 16 : 8;
  return box->end - box->inside >= 4 + length && yj_facts_blank (self, box->inside + 4, length);
}

/* The name of what handles a track: cameras write their own here. Behind version, two types and twelve bytes. */
static gboolean
blank_name (YjFacts   *self,
            const Box *box)
{
  return box->end - box->inside < 24 || yj_facts_blank (self, box->inside + 24, box->end - box->inside - 24);
}

/* What stands there is no box that ends within the file. Behind index and pictures it is what no player reads, such as the
   trailer in which a camera keeps where it was: nothing comes after it, so that it is left out. The pictures themselves
   end so in a clip that was cut short; they stay. */
static gboolean
look_at_rest (YjFacts *self,
              gint64   at,
              gboolean index,
              gboolean pictures)
{
  if (index && yj_facts_is (self, at + 4, "mdat", 4))
    return TRUE;

  return index && pictures && yj_facts_cut (self, at, self->size - at, NULL, 0);
}

static gboolean
look_into (YjFacts *self,
           gint64   at,
           gint64   end,
           guint    depth)
{
  gboolean index = FALSE, pictures = FALSE;

  while (at < end)
    {
      Box box;
      gboolean fine = TRUE;

      /* Four zeros end a list of QuickTime */
      if (depth > 0 && end - at == 4)
        return yj_facts_is (self, at, "\0\0\0", 4);
      if (depth > MAX_DEPTH)
        return FALSE;
      if (!read_box (self, at, end, &box))
        return depth == 0 && look_at_rest (self, at, index, pictures);
      index = index || is (&box, "moov");
      pictures = pictures || is (&box, "mdat");
      if (is (&box, "udta") || is (&box, "meta") || is (&box, "uuid"))
        fine = blank (self, &box);
      else if (is (&box, "moov") || is (&box, "trak") || is (&box, "mdia"))
        fine = look_into (self, box.inside, box.end, depth + 1);
      else if (is (&box, "mvhd") || is (&box, "tkhd") || is (&box, "mdhd"))
        fine = blank_times (self, &box);
      else if (is (&box, "hdlr") && depth > 0)
        fine = blank_name (self, &box);
      if (!fine)
        return FALSE;
      at = box.end;
    }
  return TRUE;
}

gboolean
yj_facts_iso (YjFacts *self)
{
  return look_into (self, 0, self->size, 0);
}
