/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of WebP, WAV and MP3. */

#include "yj-facts-private.h"

#include <string.h>

#define MAX_EXIF 65536
#define WEBP_XMP 0x04           /* flags in VP8X */
#define WEBP_EXIF 0x08
#define ID3V1 128               /* bytes */
#define APE_HEAD 32

typedef struct
{
  gint64  kept;                 /* bytes of the chunks that go on */
  gint64  flags_at;             /* of VP8X, 0: none */
  guint8  flags;
} Riff;

/* Whether a chunk of a sound is one that it takes to play it. */
static gboolean
is_of_sound (const guint8 *name)
{
  static const char * const needed[] = { "fmt ", "fact", "data", "smpl", "cue ", "plst" };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (memcmp (name, needed[i], 4) == 0)
      return TRUE;
  return FALSE;
}

static guint
read_orientation (YjFacts *self,
                  gint64   at,
                  gsize    length)
{
  g_autofree guint8 *tiff = NULL;
  gsize skip = yj_facts_is (self, at, "Exif\0", 6) ? 6 : 0;

  if (length > MAX_EXIF || length < skip)
    return 1;
  tiff = g_malloc (length + 1);
  return yj_facts_read (self, at + skip, tiff, length - skip) ? yj_facts_orientation (tiff, length - skip) : 1;
}

/* FALSE: there are too many cuts. */
static gboolean
take_chunk (YjFacts      *self,
            Riff         *riff,
            const guint8 *name,
            gint64        at,
            gsize         whole,
            gsize         length,
            gboolean      webp,
            GByteArray   *exif)
{
  gboolean is_exif = webp && memcmp (name, "EXIF", 4) == 0;
  gboolean keep = webp ? !is_exif && memcmp (name, "XMP ", 4) != 0 : is_of_sound (name);

  if (keep)
    {
      riff->kept += whole;
      return TRUE;
    }
  if (is_exif && exif->len == 0)
    {
      guint orientation = read_orientation (self, at + 8, length);
      guint8 least[8 + YJ_FACTS_TIFF + 4] = { 'E', 'X', 'I', 'F', YJ_FACTS_TIFF + 4 };

      if (orientation != 1)
        {
          yj_facts_make_tiff (least + 8, orientation);
          g_byte_array_append (exif, least, sizeof least);
          riff->kept += sizeof least;
          if (whole == sizeof least && yj_facts_is (self, at + 8, (const char *) least + 8, YJ_FACTS_TIFF))
            return TRUE;
          return yj_facts_cut (self, at, whole, least, sizeof least);
        }
    }
  return yj_facts_cut (self, at, whole, NULL, 0);
}

/* The numbers at the beginning that have to agree; before the other cuts. */
static gboolean
mend_header (YjFacts *self,
             Riff    *riff,
             gboolean exif)
{
  guint8 size[4] = { (riff->kept + 4) & 0xff, (riff->kept + 4) >> 8 & 0xff, (riff->kept + 4) >> 16 & 0xff, (riff->kept + 4) >> 24 & 0xff };
  guint8 flags = (riff->flags & ~(WEBP_XMP | WEBP_EXIF)) | (exif ? WEBP_EXIF : 0);
  g_autoptr(GPtrArray) later = g_steal_pointer (&self->cuts);
  gboolean done;

  self->cuts = g_ptr_array_new_with_free_func (NULL);
  done = (yj_facts_is (self, 4, (const char *) size, 4) || yj_facts_cut (self, 4, 4, size, 4)) &&
         (riff->flags_at == 0 || flags == riff->flags || yj_facts_cut (self, riff->flags_at, 1, &flags, 1));
  for (guint i = 0; i < self->cuts->len; i++)
    g_ptr_array_insert (later, i, g_ptr_array_index (self->cuts, i));
  g_ptr_array_unref (self->cuts);
  self->cuts = g_steal_pointer (&later);
  return done;
}

gboolean
yj_facts_riff (YjFacts *self)
{
  gboolean webp = yj_facts_is (self, 8, "WEBP", 4);
  g_autoptr(GByteArray) exif = g_byte_array_new ();
  Riff riff = { 0 };
  gint64 at = 12, end;
  guint8 head[9];

  if (!yj_facts_read (self, 4, head, 4))
    return FALSE;
  end = 8 + (gint64) yj_facts_little (head);
  if (end > self->size || end < 12)
    return FALSE;
  while (at < end)
    {
      gsize length, whole;

      if (!yj_facts_step (self) || end - at < 8 || !yj_facts_read (self, at, head, 8))
        return FALSE;
      length = yj_facts_little (head + 4);
      whole = 8 + length + (length & 1);
      if ((gint64) whole > end - at + (gint64) (length & 1))    /* at times the padding is not counted */
        return FALSE;
      whole = MIN ((gint64) whole, end - at);
      if (webp && memcmp (head, "VP8X", 4) == 0)
        {
          if (at != 12 || length < 10)
            return FALSE;
          riff.flags_at = at + 8;
          if (!yj_facts_read (self, riff.flags_at, &riff.flags, 1))
            return FALSE;
        }
      if (!take_chunk (self, &riff, head, at, whole, length, webp, exif))
        return FALSE;
      at += whole;
    }
  return yj_facts_cut (self, end, self->size - end, NULL, 0) && mend_header (self, &riff, exif->len > 0);
}

/* ---- MP3 */
gboolean
yj_facts_mp3 (YjFacts *self)
{
  gint64 at = 0, end = self->size;
  guint8 head[APE_HEAD];

  while (yj_facts_step (self) && yj_facts_is (self, at, "ID3", 3))
    {
      gint64 length;

      if (!yj_facts_read (self, at, head, 10) || ((head[6] | head[7] | head[8] | head[9]) & 0x80))
        return FALSE;
      length = 10 + ((gint64) head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]) + (head[5] & 0x10 ? 10 : 0);
      if (length > self->size - at)
        return FALSE;
      at += length;
    }
  if (end - at >= ID3V1 && yj_facts_is (self, end - ID3V1, "TAG", 3))
    end -= ID3V1;
  if (end - at >= APE_HEAD && yj_facts_is (self, end - APE_HEAD, "APETAGEX", 8) && yj_facts_read (self, end - APE_HEAD, head, APE_HEAD))
    {
      gint64 length = (gint64) yj_facts_little (head + 12) + (yj_facts_little (head + 20) & 0x80000000 ? APE_HEAD : 0);

      if (length >= APE_HEAD && length <= end - at)
        end -= length;
    }
  /* Sound must follow, behind padding perhaps */
  for (gint64 i = at; i < end && yj_facts_step (self); i++)
    {
      if (!yj_facts_read (self, i, head, 2))
        return FALSE;
      if (head[0] == 0xff && (head[1] & 0xe0) == 0xe0)
        return yj_facts_cut (self, 0, at, NULL, 0) && yj_facts_cut (self, end, self->size - end, NULL, 0);
      if (head[0] != 0)
        return FALSE;
    }
  return FALSE;
}
