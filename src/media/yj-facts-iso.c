/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The boxes of MP4 and QuickTime. Offsets to the pictures stand all over such a file, so nothing is taken out: a box
 * that tells too much becomes one of type "free", full of zeros, in the same place, and so does a
 * track that is neither picture nor sound. Only what is behind the last box goes.
 */

#include "yj-facts-tracks.h"

#include <string.h>

#define MAX_DEPTH 6

/* A file on its way through it. */
typedef struct
{
  YjFacts  *self;
  gboolean  strange;            /* it has tracks that go */
  GArray   *samples;            /* of YjIsoRange: theirs */
  guint     n_blanked;          /* of these */
  gboolean  index;              /* it was there */
  gboolean  pictures;           /* the same */
} Walk;

static gboolean
is (const YjIsoBox *box,
    const char     *type)
{
  return memcmp (box->type, type, 4) == 0;
}

/* FALSE: none that ends before @end. */
gboolean
yj_facts_iso_read_box (YjFacts  *self,
                       gint64    at,
                       gint64    end,
                       YjIsoBox *box)
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
blank (YjFacts        *self,
       const YjIsoBox *box)
{
  return yj_facts_cut (self, box->at + 4, 4, "free", 4) && yj_facts_blank (self, box->inside, box->end - box->inside);
}

/* When the clip was made: creation and modification, behind version and flags. */
static gboolean
blank_times (YjFacts        *self,
             const YjIsoBox *box)
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
blank_name (YjFacts        *self,
            const YjIsoBox *box)
{
  return box->end - box->inside < 24 || yj_facts_blank (self, box->inside + 24, box->end - box->inside - 24);
}

/* Among the pictures, what belongs to tracks that go. */
static gboolean
blank_samples (Walk           *walk,
               const YjIsoBox *box)
{
  while (walk->n_blanked < walk->samples->len)
    {
      const YjIsoRange *range = &g_array_index (walk->samples, YjIsoRange, walk->n_blanked);

      if (range->at >= box->end)
        break;
      if (range->at < box->inside || range->length > box->end - range->at ||
          !yj_facts_blank (walk->self, range->at, range->length))
        return FALSE;
      walk->n_blanked++;
    }

  return TRUE;
}

/* What stands there is no box that ends within the file. Behind index and pictures it is what no player reads, such as the
   trailer in which a camera keeps where it was: nothing comes after it, so that it is left out. The pictures themselves
   end so in a clip that was cut short; they stay. */
static gboolean
look_at_rest (Walk   *walk,
              gint64  at)
{
  if (walk->index && yj_facts_is (walk->self, at + 4, "mdat", 4))
    return TRUE;

  return walk->index && walk->pictures && yj_facts_cut (walk->self, at, walk->self->size - at, NULL, 0);
}

static gboolean look_into (Walk   *walk,
                           gint64  at,
                           gint64  end,
                           guint   depth);

static gboolean
look_at_box (Walk           *walk,
             const YjIsoBox *box,
             guint           depth)
{
  YjFacts *self = walk->self;

  if (is (box, "udta") || is (box, "meta") || is (box, "uuid") ||
      (is (box, "trak") && yj_facts_iso_is_strange (self, box)) ||
      /* it may name a track that went */
      (is (box, "tref") && walk->strange))
    return blank (self, box);
  if (is (box, "moov") || is (box, "trak") || is (box, "mdia"))
    return look_into (walk, box->inside, box->end, depth + 1);
  if (is (box, "mvhd") || is (box, "tkhd") || is (box, "mdhd"))
    return blank_times (self, box);
  if (is (box, "hdlr") && depth > 0)
    return blank_name (self, box);
  if (is (box, "mdat") && depth == 0)
    return blank_samples (walk, box);

  /* a clip in fragments has the samples of all tracks in each: they are not told apart here */
  return !is (box, "moof") || !walk->strange;
}

static gboolean
look_into (Walk   *walk,
           gint64  at,
           gint64  end,
           guint   depth)
{
  while (at < end)
    {
      YjIsoBox box;

      /* Four zeros end a list of QuickTime */
      if (depth > 0 && end - at == 4)
        return yj_facts_is (walk->self, at, "\0\0\0", 4);
      if (depth > MAX_DEPTH)
        return FALSE;
      if (!yj_facts_iso_read_box (walk->self, at, end, &box))
        return depth == 0 && look_at_rest (walk, at);
      walk->index = walk->index || is (&box, "moov");
      walk->pictures = walk->pictures || is (&box, "mdat");
      if (!look_at_box (walk, &box, depth))
        return FALSE;
      at = box.end;
    }
  return TRUE;
}

gboolean
yj_facts_iso (YjFacts *self)
{
  guint n;
  g_autoptr(GArray) samples = yj_facts_iso_list_strange (self, &n);
  Walk walk = { .self = self, .strange = n > 0, .samples = samples };

  return samples != NULL && look_into (&walk, 0, self->size, 0) && walk.n_blanked == samples->len;
}
