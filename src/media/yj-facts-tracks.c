/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tracks of MP4 and QuickTime that are neither picture nor sound: action cameras, drones and telephones write there, every
 * second, where they are and how they are held. Their samples lie among the pictures, by tables of the index.
 */

#include "yj-facts-tracks.h"

#include <string.h>

#define MAX_ENTRIES 500000      /* of a table */

typedef struct
{
  guint8  *bytes;               /* of all entries */
  guint32  n;
  guint32  value;               /* of all of them, where there are no entries */
} Table;

static void
table_clear (Table *table)
{
  g_free (table->bytes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static gboolean
find_box (YjFacts        *self,
          const YjIsoBox *in,
          const char     *type,
          YjIsoBox       *box)
{
  for (gint64 at = in->inside; at < in->end; at = box->end)
    {
      if (!yj_facts_iso_read_box (self, at, in->end, box))
        return FALSE;
      if (memcmp (box->type, type, 4) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Behind version and flags, @before bytes, and the number of entries: of @size bytes each. */
static gboolean
read_table (YjFacts        *self,
            const YjIsoBox *box,
            guint           before,
            guint           size,
            Table          *table)
{
  guint8 head[12];

  if (!yj_facts_read (self, box->inside, head, 4 + before + 4))
    return FALSE;
  table->value = before > 0 ? yj_facts_big (head + 4) : 0;
  table->n = yj_facts_big (head + 4 + before);
  if (table->value > 0)
    return TRUE;
  if (table->n > MAX_ENTRIES || (gint64) table->n * size > box->end - box->inside - 8 - before)
    return FALSE;
  table->bytes = g_malloc ((gsize) table->n * size + 1);
  return yj_facts_read (self, box->inside + 8 + before, table->bytes, (gsize) table->n * size);
}

static guint32
get_size (const Table *sizes,
          guint32      i)
{
  return sizes->value > 0 ? sizes->value : yj_facts_big (sizes->bytes + 4 * (gsize) i);
}

static gint64
get_offset (const Table *chunks,
            gboolean     wide,
            guint32      i)
{
  const guint8 *at = chunks->bytes + (wide ? 8 : 4) * (gsize) i;

  return wide ? (gint64) ((guint64) (yj_facts_big (at) & 0x7fffffff) << 32 | yj_facts_big (at + 4)) : yj_facts_big (at);
}

/* Chunk by chunk; how many samples are in one is told where that changes. */
static gboolean
list_chunks (YjFacts     *self,
             const Table *sizes,
             const Table *runs,
             const Table *chunks,
             gboolean     wide,
             GArray      *samples)
{
  guint32 sample = 0, per_chunk = 0, run = 0;

  for (guint32 i = 0; i < chunks->n; i++)
    {
      YjIsoRange range = { get_offset (chunks, wide, i), 0 };

      while (run < runs->n && yj_facts_big (runs->bytes + 12 * (gsize) run) <= i + 1)
        per_chunk = yj_facts_big (runs->bytes + 12 * (gsize) run++ + 4);
      for (guint32 j = 0; j < per_chunk && sample < sizes->n; j++)
        {
          if (!yj_facts_step (self))
            return FALSE;
          range.length += get_size (sizes, sample++);
        }
      if (range.length > self->size - range.at)
        return FALSE;
      if (range.length > 0)
        g_array_append_val (samples, range);
    }

  return sample == sizes->n;
}

static gboolean
list_samples (YjFacts        *self,
              const YjIsoBox *track,
              GArray         *samples)
{
  g_auto(Table) sizes = { 0 }, runs = { 0 }, chunks = { 0 };
  YjIsoBox media, information, tables, box;
  gboolean wide;

  if (!find_box (self, track, "mdia", &media) || !find_box (self, &media, "minf", &information) ||
      !find_box (self, &information, "stbl", &tables))
    return FALSE;
  if (!find_box (self, &tables, "stsz", &box) || !read_table (self, &box, 4, 4, &sizes) ||
      !find_box (self, &tables, "stsc", &box) || !read_table (self, &box, 0, 12, &runs))
    return FALSE;
  wide = find_box (self, &tables, "co64", &box);
  if (!wide && !find_box (self, &tables, "stco", &box))
    return FALSE;

  return read_table (self, &box, 0, wide ? 8 : 4, &chunks) && list_chunks (self, &sizes, &runs, &chunks, wide, samples);
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const YjIsoRange *one = a, *other = b;

  return one->at < other->at ? -1 : one->at > other->at;
}

/**
 * yj_facts_iso_is_strange:
 * @self: a file
 * @track: one of its tracks
 *
 * Returns: whether it is neither picture nor sound, nor counts their frames
 */
gboolean
yj_facts_iso_is_strange (YjFacts        *self,
                         const YjIsoBox *track)
{
  static const char * const known[] = { "vide", "soun", "auxv", "pict", "tmcd", "hint" };
  YjIsoBox media, handler;

  if (!find_box (self, track, "mdia", &media) || !find_box (self, &media, "hdlr", &handler))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (yj_facts_is (self, handler.inside + 8, known[i], 4))
      return FALSE;

  return TRUE;
}

/**
 * yj_facts_iso_list_strange:
 * @self: a file
 * @n_tracks: (out): how many tracks are strange
 *
 * Returns: (transfer full) (nullable) (element-type YjIsoRange): where the samples of its strange tracks are, from the
 *   beginning on; %NULL: it is not built as the format wants it
 */
GArray *
yj_facts_iso_list_strange (YjFacts *self,
                           guint   *n_tracks)
{
  g_autoptr(GArray) samples = g_array_new (FALSE, FALSE, sizeof (YjIsoRange));
  YjIsoBox file = { .end = self->size }, index;

  *n_tracks = 0;
  if (!find_box (self, &file, "moov", &index))
    return g_steal_pointer (&samples);
  for (gint64 at = index.inside; at < index.end;)
    {
      YjIsoBox box;

      if (!yj_facts_iso_read_box (self, at, index.end, &box))
        break;                  /* whoever goes through all of it says what is wrong */
      if (memcmp (box.type, "trak", 4) == 0 && yj_facts_iso_is_strange (self, &box))
        {
          if (!list_samples (self, &box, samples))
            return NULL;
          (*n_tracks)++;
        }
      at = box.end;
    }
  g_array_sort (samples, compare_ranges);

  return g_steal_pointer (&samples);
}
