/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Pictures of phones: HEIC and AVIF. A box "meta" names the items of the file ("iinf") and says where they lie ("iloc");
 * EXIF and XMP are items. Offsets stand all over such a file: what they say is replaced in its place, the items stay.
 */

#include "yj-facts-private.h"

#include <string.h>

#define MAX_META (8 << 20)      /* bytes of the box */
#define MAX_ITEM (16 << 20)     /* bytes of EXIF or XMP */
#define MAX_ITEMS 100000

/* A run of bytes in memory that is read from its beginning on. */
typedef struct
{
  const guint8 *at;
  gsize         left;
} Bytes;

typedef struct
{
  guint32  id;
  gboolean exif;                /* else XMP */
} Item;

typedef struct
{
  gint64   at;
  gint64   length;
  gboolean exif;                /* begins with EXIF */
} Run;

/* A number of @n bytes, 0 to 8; FALSE beyond the end. */
static gboolean
take (Bytes   *bytes,
      guint    n,
      guint64 *number)
{
  if (n > 8 || bytes->left < n)
    return FALSE;
  *number = 0;
  for (guint i = 0; i < n; i++)
    *number = *number << 8 | bytes->at[i];
  bytes->at += n;
  bytes->left -= n;
  return TRUE;
}

/* The next box in @bytes. */
static gboolean
take_box (Bytes  *bytes,
          guint8  type[4],
          Bytes  *inside)
{
  guint64 length, name;
  gsize head = 8;
  Bytes start = *bytes;

  if (!take (bytes, 4, &length) || !take (bytes, 4, &name))
    return FALSE;
  memcpy (type, start.at + 4, 4);
  if (length == 1)
    {
      if (!take (bytes, 8, &length))
        return FALSE;
      head = 16;
    }
  else if (length == 0)
    length = start.left;
  if (length < head || length > start.left)
    return FALSE;
  *inside = (Bytes) { start.at + head, length - head };
  *bytes = (Bytes) { start.at + length, start.left - length };
  return TRUE;
}

/* "infe": which item is EXIF or XMP. */
static gboolean
read_item (Bytes   entry,
           GArray *items)
{
  guint64 version, flags, id, protection;
  Item item;

  if (!take (&entry, 1, &version) || !take (&entry, 3, &flags))
    return FALSE;
  if (version < 2)
    return TRUE;
  if (!take (&entry, version == 2 ? 2 : 4, &id) || !take (&entry, 2, &protection) || entry.left < 4)
    return FALSE;
  item = (Item) { (guint32) id, memcmp (entry.at, "Exif", 4) == 0 };
  if (item.exif || (memcmp (entry.at, "mime", 4) == 0 && memmem (entry.at, entry.left, "rdf+xml", 7) != NULL))
    g_array_append_val (items, item);
  return TRUE;
}

static gboolean
read_items (Bytes   bytes,
            GArray *items)
{
  guint64 version, flags, count;

  if (!take (&bytes, 1, &version) || !take (&bytes, 3, &flags) || !take (&bytes, version == 0 ? 2 : 4, &count) || count > MAX_ITEMS)
    return FALSE;
  for (guint64 i = 0; i < count; i++)
    {
      guint8 type[4];
      Bytes entry;

      if (!take_box (&bytes, type, &entry))
        return FALSE;
      if (memcmp (type, "infe", 4) == 0 && !read_item (entry, items))
        return FALSE;
    }
  return TRUE;
}

static const Item *
find_item (GArray  *items,
           guint64  id)
{
  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, Item, i).id == id)
      return &g_array_index (items, Item, i);
  return NULL;
}

/* "iloc": where they lie; @idat: where the box of that name has its content, -1 without one. */
static gboolean
read_places (Bytes   bytes,
             gint64  idat,
             GArray *items,
             GArray *runs)
{
  guint64 version, flags, sizes, more, count;

  if (!take (&bytes, 1, &version) || !take (&bytes, 3, &flags) || !take (&bytes, 1, &sizes) || !take (&bytes, 1, &more) ||
      !take (&bytes, version < 2 ? 2 : 4, &count) || count > MAX_ITEMS)
    return FALSE;
  for (guint64 i = 0; i < count; i++)
    {
      guint64 id, method = 0, source, base, extents, index, offset, length;
      const Item *item;

      if (!take (&bytes, version < 2 ? 2 : 4, &id) || (version > 0 && !take (&bytes, 2, &method)) || !take (&bytes, 2, &source) ||
          !take (&bytes, (guint) (more >> 4), &base) || !take (&bytes, 2, &extents))
        return FALSE;
      item = find_item (items, id);
      for (guint64 j = 0; j < extents; j++)
        {
          Run run;

          if ((version > 0 && !take (&bytes, (guint) (more & 15), &index)) || !take (&bytes, (guint) (sizes >> 4), &offset) ||
              !take (&bytes, (guint) (sizes & 15), &length))
            return FALSE;
          if (item == NULL)
            continue;
          if ((method & 15) > 1 || ((method & 15) == 1 && idat < 0) || base > G_MAXINT32 * G_GUINT64_CONSTANT (1024) ||
              offset > G_MAXINT32 * G_GUINT64_CONSTANT (1024) || length == 0 || length > MAX_ITEM)
            return FALSE;
          run = (Run) { (gint64) (base + offset) + ((method & 15) == 1 ? idat : 0), (gint64) length, item->exif && j == 0 };
          g_array_append_val (runs, run);
        }
    }
  return TRUE;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Run *one = a, *other = b;

  return one->at < other->at ? -1 : one->at > other->at;
}

/* Behind the offset of its TIFF structure, EXIF that says nothing; else spaces, which are no word of XMP either. */
static gboolean
replace (YjFacts   *self,
         const Run *run)
{
  g_autofree guint8 *is = g_malloc (run->length), *instead = g_malloc (run->length);

  memset (instead, run->exif ? 0 : ' ', run->length);
  if (run->exif && run->length >= 4 + YJ_FACTS_TIFF)
    yj_facts_make_tiff (instead + 4, 1);
  if (!yj_facts_read (self, run->at, is, run->length))
    return FALSE;
  return memcmp (is, instead, run->length) == 0 || yj_facts_cut (self, run->at, run->length, instead, run->length);
}

/* @at: where the content of the box lies in the file. */
static gboolean
look_into_meta (YjFacts *self,
                Bytes    meta,
                gint64   at)
{
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (Item)), runs = g_array_new (FALSE, FALSE, sizeof (Run));
  const guint8 *start = meta.at;
  Bytes names = { 0 }, places = { 0 };
  gint64 idat = -1;
  guint64 flags;

  if (!take (&meta, 4, &flags))
    return FALSE;
  while (meta.left > 0)
    {
      guint8 type[4];
      Bytes inside;

      if (!yj_facts_step (self) || !take_box (&meta, type, &inside))
        return FALSE;
      if (memcmp (type, "iinf", 4) == 0)
        names = inside;
      else if (memcmp (type, "iloc", 4) == 0)
        places = inside;
      else if (memcmp (type, "idat", 4) == 0)
        idat = at + (inside.at - start);
    }
  if (names.at == NULL || places.at == NULL)
    return TRUE;
  if (!read_items (names, items) || (items->len > 0 && !read_places (places, idat, items, runs)))
    return FALSE;

  g_array_sort (runs, compare);
  for (guint i = 0; i < runs->len; i++)
    if (!replace (self, &g_array_index (runs, Run, i)))
      return FALSE;
  return TRUE;
}

gboolean
yj_facts_heif (YjFacts *self)
{
  for (gint64 at = 0; at < self->size;)
    {
      guint8 head[16];
      gint64 length, inside = 8;

      if (!yj_facts_step (self) || !yj_facts_read (self, at, head, 8))
        return FALSE;
      length = yj_facts_big (head);
      if (length == 1)
        {
          if (!yj_facts_read (self, at, head, 16) || (head[8] & 0x80))
            return FALSE;
          length = (gint64) yj_facts_big (head + 8) << 32 | yj_facts_big (head + 12);
          inside = 16;
        }
      else if (length == 0)
        length = self->size - at;
      if (length < inside || length > self->size - at)
        return FALSE;
      if (memcmp (head + 4, "meta", 4) == 0)
        {
          g_autofree guint8 *meta = length <= MAX_META ? g_malloc (length) : NULL;

          return meta != NULL && yj_facts_read (self, at + inside, meta, (gsize) (length - inside)) &&
                 look_into_meta (self, (Bytes) { meta, (gsize) (length - inside) }, at + inside);
        }
      at += length;
    }
  return TRUE;
}
