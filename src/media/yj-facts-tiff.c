/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * TIFF and BigTIFF. Offsets stand all over such a file, so everything keeps its place: of each page's directory only the
 * entries stay that it takes to show it, and whatever none of these points to becomes zeros. So nothing has to be known
 * of what tells too much: EXIF, GPS, XMP, IPTC, the notes of makers, thumbnails, layers, and what editors left behind.
 */

#include "yj-facts-private.h"

#include <string.h>

#define MAX_ENTRIES 65535       /* of a directory */
#define MAX_VALUES 500000       /* of an entry */

/* Tags */
#define KIND_OF_PAGE 254
#define WIDTH 256
#define HEIGHT 257
#define BITS 258
#define COMPRESSION 259
#define COLOURS 262
#define STRIP_OFFSETS 273
#define SAMPLES 277
#define STRIP_LENGTHS 279
#define TILE_OFFSETS 324
#define TILE_LENGTHS 325
#define OLD_JPEG 513
#define OLD_JPEG_TABLES 519
#define DNG_VERSION 50706

#define REDUCED 1               /* a kind of page: another one, made smaller */
#define PLAIN 1                 /* a compression: none */
#define YCBCR 6                 /* colours, of which there may be fewer than pixels */

typedef struct
{
  gint64 at;
  gint64 length;
} Run;

typedef struct
{
  guint    tag;
  guint    type;
  guint64  n;
  gint64   at;                  /* of its values */
  gint64   length;
  gboolean inside;               /* they stand in the entry itself */
} Entry;

typedef struct
{
  gint64      at;
  gsize       length;           /* of the directory as it is */
  GByteArray *entries;          /* those that stay */
  guint       n;
  gint64      next;             /* 0: it is the last */
  gboolean    reduced;
  GArray     *runs;             /* of Run: what its entries point to */
} Page;

typedef struct
{
  YjFacts  *facts;
  gboolean  little;
  gboolean  big;                /* numbers of eight bytes */
} Tiff;

static void
page_free (Page *page)
{
  g_byte_array_unref (page->entries);
  g_array_unref (page->runs);
  g_free (page);
}

static guint64
get_number (const Tiff   *tiff,
            const guint8 *at,
            guint         n)
{
  guint64 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | at[tiff->little ? n - 1 - i : i];
  return number;
}

static void
put_number (const Tiff *tiff,
            guint8     *at,
            guint       n,
            guint64     number)
{
  for (guint i = 0; i < n; i++)
    at[tiff->little ? i : n - 1 - i] = (guint8) (number >> (8 * i));
}

/* Whether it takes an entry to show the page as it is meant; in order. */
static gboolean
is_needed (guint tag)
{
  static const guint16 needed[] = {
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 291, 292,
    293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341, 342, 347, 529, 530,
    531, 532, 32995, 32996, 32997, 32998, 34675, 50674,
  };

  for (guint i = 0; i < G_N_ELEMENTS (needed) && needed[i] <= tag; i++)
    if (needed[i] == tag)
      return TRUE;
  return FALSE;
}

/* Bytes; 0: there is no such type. */
static guint
get_size (guint type)
{
  static const guint8 sizes[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8 };

  return type < G_N_ELEMENTS (sizes) ? sizes[type] : 0;
}

/* FALSE: its values do not lie in the file. */
static gboolean
read_entry (const Tiff   *tiff,
            const guint8 *from,
            gint64        at,
            Entry        *entry)
{
  guint wide = tiff->big ? 8 : 4, size;
  guint64 offset;

  *entry = (Entry) { (guint) get_number (tiff, from, 2), (guint) get_number (tiff, from + 2, 2), get_number (tiff, from + 4, wide) };
  size = get_size (entry->type);
  if (size == 0)
    return TRUE;
  if (entry->n > (guint64) tiff->facts->size / size)
    return FALSE;
  entry->length = (gint64) entry->n * size;
  entry->inside = entry->length <= wide;
  offset = get_number (tiff, from + 4 + wide, wide);
  entry->at = entry->inside ? at + 4 + wide : (gint64) MIN (offset, G_MAXINT64);
  return entry->at <= tiff->facts->size - entry->length;
}

static gboolean
read_value (const Tiff  *tiff,
            const Entry *entry,
            guint64      index,
            gint64      *value)
{
  guint size = get_size (entry->type);
  guint8 bytes[8];
  guint64 number;

  if (!yj_facts_read (tiff->facts, entry->at + (gint64) index * size, bytes, size))
    return FALSE;
  number = get_number (tiff, bytes, size);
  *value = (gint64) number;
  return number <= G_MAXINT64;
}

/* All offsets at once, then all lengths: they lie apart, and each way through them is one through the file. */
static gboolean
keep_picture (const Tiff  *tiff,
              const Entry *offsets,
              const Entry *lengths,
              GArray      *runs)
{
  guint first = runs->len;

  if (offsets->n == 0 || offsets->n > MAX_VALUES || lengths->n < offsets->n || get_size (offsets->type) == 0 || get_size (lengths->type) == 0)
    return FALSE;
  g_array_set_size (runs, first + (guint) offsets->n);
  for (guint i = 0; i < offsets->n; i++)
    if (!yj_facts_step (tiff->facts) || !read_value (tiff, offsets, i, &g_array_index (runs, Run, first + i).at))
      return FALSE;
  for (guint i = 0; i < offsets->n; i++)
    {
      Run *run = &g_array_index (runs, Run, first + i);

      /* an empty one at the very beginning is a tile that is left out */
      if (!read_value (tiff, lengths, i, &run->length) || run->length > tiff->facts->size ||
          run->at > tiff->facts->size - run->length || (run->length == 0 && run->at != 0))
        return FALSE;
    }
  return TRUE;
}

/* Whether the lengths are those of the picture: some writers put anything there, and readers go by the size. */
static gboolean
has_all_lines (const guint64 *shape,
               const GArray  *runs,
               guint          first)
{
  guint64 line = shape[0], length = 0;

  if (shape[3] != PLAIN || shape[4] == YCBCR)
    return TRUE;
  for (guint i = first; i < runs->len; i++)
    length += (guint64) g_array_index (runs, Run, i).length;
  /* numbers of at most 32 bits, of pixels and of samples at most 16 */
  if (shape[0] > G_MAXUINT32 || shape[1] > G_MAXUINT32 || shape[2] > G_MAXUINT16 || shape[5] > G_MAXUINT16)
    return FALSE;
  line = line * shape[5] / 8 * shape[2] + (line * shape[5] % 8 * shape[2] + 7) / 8;
  return shape[1] == 0 || line <= length / shape[1];
}

/* What stays of a directory; FALSE: it is not built as it should be. */
static gboolean
read_entries (const Tiff   *tiff,
              const guint8 *directory,
              guint64       n,
              Page         *page)
{
  guint each = tiff->big ? 20 : 12, head = tiff->big ? 8 : 2;
  Entry pictures[4] = { 0 };
  static const guint of_pictures[] = { STRIP_OFFSETS, STRIP_LENGTHS, TILE_OFFSETS, TILE_LENGTHS };
  static const guint of_shape[] = { WIDTH, HEIGHT, BITS, COMPRESSION, COLOURS, SAMPLES };
  guint64 shape[] = { 0, 0, 1, PLAIN, 0, 1 };
  guint tiled, first;

  for (guint64 i = 0; i < n; i++)
    {
      const guint8 *from = directory + head + i * each;
      Entry entry;
      gint64 value;

      if (!yj_facts_step (tiff->facts) || !read_entry (tiff, from, page->at + (from - directory), &entry))
        return FALSE;
      /* What the camera's own formats and the JPEG of old need lies where only they know. */
      if (entry.tag == DNG_VERSION || entry.tag == OLD_JPEG || (entry.tag >= OLD_JPEG_TABLES && entry.tag <= OLD_JPEG_TABLES + 2))
        tiff->facts->unknown = TRUE;
      if (!is_needed (entry.tag) || get_size (entry.type) == 0)
        continue;
      if (entry.tag == KIND_OF_PAGE && entry.n == 1 && read_value (tiff, &entry, 0, &value))
        page->reduced = (value & REDUCED) != 0;
      for (guint j = 0; j < G_N_ELEMENTS (of_shape); j++)
        if (entry.tag == of_shape[j] && entry.n > 0 && read_value (tiff, &entry, 0, &value))
          shape[j] = (guint64) value;
      for (guint j = 0; j < G_N_ELEMENTS (pictures); j++)
        if (entry.tag == of_pictures[j])
          pictures[j] = entry;
      if (!entry.inside)
        g_array_append_vals (page->runs, &(Run) { entry.at, entry.length }, 1);
      g_byte_array_append (page->entries, from, each);
      page->n++;
    }
  tiled = pictures[2].n > 0 ? 2 : 0;
  first = page->runs->len;
  return keep_picture (tiff, &pictures[tiled], &pictures[tiled + 1], page->runs) && has_all_lines (shape, page->runs, first);
}

static Page *
read_page (const Tiff *tiff,
           gint64      at)
{
  guint each = tiff->big ? 20 : 12, head = tiff->big ? 8 : 2, wide = tiff->big ? 8 : 4;
  Page *page;
  g_autofree guint8 *directory = NULL;
  guint8 count[8];
  guint64 n, next;

  if (!yj_facts_read (tiff->facts, at, count, head))
    return NULL;
  n = get_number (tiff, count, head);
  if (n > MAX_ENTRIES)
    return NULL;

  page = g_new0 (Page, 1);
  page->at = at;
  page->length = head + n * each + wide;
  page->entries = g_byte_array_new ();
  page->runs = g_array_new (FALSE, TRUE, sizeof (Run));
  directory = g_malloc (page->length);
  if (yj_facts_read (tiff->facts, at, directory, page->length) && read_entries (tiff, directory, n, page))
    {
      next = get_number (tiff, directory + page->length - wide, wide);
      page->next = (gint64) next;
      if (next <= G_MAXINT64)
        return page;
    }
  page_free (page);
  return NULL;
}

/* Without those that are another one made smaller. */
static gboolean
read_pages (const Tiff *tiff,
            gint64      at,
            GPtrArray  *pages)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  while (at != 0)
    {
      Page *page;

      if (!yj_facts_step (tiff->facts) || !g_hash_table_add (seen, g_memdup2 (&at, sizeof at)))
        return FALSE;           /* they go round in a circle */
      page = read_page (tiff, at);
      if (page == NULL)
        return FALSE;
      at = page->next;
      /* of a picture from the camera's sensor comes a small one first */
      if (page->reduced && pages->len == 0)
        tiff->facts->unknown = TRUE;
      if (page->reduced && pages->len > 0)
        page_free (page);
      else
        g_ptr_array_add (pages, page);
    }
  return pages->len > 0;
}

static GBytes *
make_directory (const Tiff *tiff,
                const Page *page,
                gint64      next)
{
  guint head = tiff->big ? 8 : 2, wide = tiff->big ? 8 : 4;
  guint8 *directory = g_malloc0 (page->length);

  put_number (tiff, directory, head, page->n);
  memcpy (directory + head, page->entries->data, page->entries->len);
  put_number (tiff, directory + head + page->entries->len, wide, (guint64) next);
  return g_bytes_new_take (directory, page->length);
}

static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const Run *one = a, *other = b;

  return one->at < other->at ? -1 : one->at > other->at;
}

static int
compare_pages (gconstpointer a,
               gconstpointer b)
{
  const Page *one = *(Page * const *) a, *other = *(Page * const *) b;

  return one->at < other->at ? -1 : one->at > other->at;
}

/* Zeros from @from to @to, but for the directories there, of which @page is the next. */
static gboolean
cut_between (const Tiff *tiff,
             GPtrArray  *pages,
             GHashTable *directories,
             guint      *page,
             gint64      from,
             gint64      to)
{
  while (*page < pages->len && ((Page *) g_ptr_array_index (pages, *page))->at < to)
    {
      const Page *own = g_ptr_array_index (pages, *page);
      GBytes *made = g_hash_table_lookup (directories, own);
      gsize length;
      gconstpointer data = g_bytes_get_data (made, &length);
      g_autofree guint8 *is = g_malloc (length);

      /* one that lies in the picture, or in another one, is none that could be changed */
      if (own->at < from || own->at + (gint64) length > to || !yj_facts_blank (tiff->facts, from, own->at - from) ||
          !yj_facts_read (tiff->facts, own->at, is, length) ||
          (memcmp (is, data, length) != 0 && !yj_facts_cut (tiff->facts, own->at, length, data, length)))
        return FALSE;
      from = own->at + (gint64) length;
      (*page)++;
    }
  return yj_facts_blank (tiff->facts, from, to - from);
}

/* Everything but the header, the directories and what they point to. */
static gboolean
cut_the_rest (const Tiff *tiff,
              GPtrArray  *pages)
{
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autoptr(GHashTable) directories = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  gint64 at = tiff->big ? 16 : 8;
  guint page = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      Page *own = g_ptr_array_index (pages, i);
      gint64 next = i + 1 < pages->len ? ((Page *) g_ptr_array_index (pages, i + 1))->at : 0;

      g_hash_table_insert (directories, own, make_directory (tiff, own, next));
      g_array_append_vals (runs, own->runs->data, own->runs->len);
    }
  g_array_sort (runs, compare_runs);
  g_ptr_array_sort (pages, compare_pages);

  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      if (run->length == 0)
        continue;
      if (run->at > at && !cut_between (tiff, pages, directories, &page, at, run->at))
        return FALSE;
      at = MAX (at, run->at + run->length);
    }
  return cut_between (tiff, pages, directories, &page, at, tiff->facts->size);
}

gboolean
yj_facts_tiff (YjFacts *self)
{
  g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  Tiff tiff = { self };
  guint8 head[16];
  guint64 first;

  if (!yj_facts_read (self, 0, head, sizeof head))
    return FALSE;
  tiff.little = head[0] == 'I';
  tiff.big = get_number (&tiff, head + 2, 2) == 43;
  if (tiff.big && (get_number (&tiff, head + 4, 2) != 8 || get_number (&tiff, head + 6, 2) != 0))
    return FALSE;
  first = get_number (&tiff, head + (tiff.big ? 8 : 4), tiff.big ? 8 : 4);
  if (first == 0 || first > G_MAXINT64)
    return FALSE;
  if (memcmp (head + 8, "CR", 2) == 0)
    self->unknown = TRUE;
  return read_pages (&tiff, (gint64) first, pages) && !self->unknown && cut_the_rest (&tiff, pages);
}
