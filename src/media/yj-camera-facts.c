/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where in a file stands what tells of the camera, the place and the person: EXIF, GPS, XMP, comments, dates. Nothing is
 * decoded: only the parts that a file is built of are counted off, each with its bounds; one that does not add up to
 * the file's size is left as it is.
 */

#define G_LOG_DOMAIN "yj-camera-facts"

#include "yj-camera-facts.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "yj-facts-private.h"

#define WINDOW (64 << 10)       /* bytes read at once */
#define MAX_STEPS 500000
#define MAX_CUTS 4096
#define MAX_INSTEAD (16 << 20)  /* bytes */
#define MAX_ENTRIES 200         /* of a directory of EXIF */

guint32
yj_facts_big (const guint8 *at)
{
  return (guint32) at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

guint32
yj_facts_little (const guint8 *at)
{
  return (guint32) at[3] << 24 | at[2] << 16 | at[1] << 8 | at[0];
}

/* FALSE beyond the end. */
gboolean
yj_facts_read (YjFacts  *self,
               gint64    at,
               gpointer  buffer,
               gsize     length)
{
  guint8 *to = buffer;

  if (at < 0 || at > self->size || length > (guint64) (self->size - at))
    return FALSE;
  while (length > 0)
    {
      gsize n;

      if (at < self->window_at || at >= self->window_at + (gint64) self->window_length)
        {
          ssize_t got = pread (self->fd, self->window, WINDOW, at);

          if (got <= 0)
            return FALSE;
          self->window_at = at;
          self->window_length = got;
        }
      n = MIN (length, self->window_length - (gsize) (at - self->window_at));
      memcpy (to, self->window + (at - self->window_at), n);
      to += n;
      at += n;
      length -= n;
    }
  return TRUE;
}

gboolean
yj_facts_is (YjFacts    *self,
             gint64      at,
             const char *magic,
             gsize       length)
{
  guint8 is[32];

  return length <= sizeof is && yj_facts_read (self, at, is, length) && memcmp (is, magic, length) == 0;
}

/* To be asked before each part. */
gboolean
yj_facts_step (YjFacts *self)
{
  return ++self->steps <= MAX_STEPS;
}

static void
cut_free (YjCut *cut)
{
  g_clear_pointer (&cut->instead, g_bytes_unref);
  g_free (cut);
}

/* Behind the one before; FALSE when there are too many. */
gboolean
yj_facts_cut (YjFacts      *self,
              gint64        at,
              gint64        length,
              gconstpointer instead,
              gsize         instead_length)
{
  YjCut *last = self->cuts->len > 0 ? g_ptr_array_index (self->cuts, self->cuts->len - 1) : NULL;
  YjCut *cut;

  if (at < 0 || length < 0 || length > self->size - at || (last != NULL && at < last->at + last->length))
    return FALSE;
  if (length == 0 && instead_length == 0)
    return TRUE;
  if (last != NULL && last->instead == NULL && instead_length == 0 && at == last->at + last->length)
    {
      last->length += length;
      return TRUE;
    }
  self->instead += instead_length;
  if (self->cuts->len >= MAX_CUTS || self->instead > MAX_INSTEAD)
    return FALSE;
  cut = g_new0 (YjCut, 1);
  cut->at = at;
  cut->length = length;
  cut->instead = instead_length > 0 ? g_bytes_new (instead, instead_length) : NULL;
  g_ptr_array_add (self->cuts, cut);
  return TRUE;
}

/* Zeros in the place of as many bytes, unless they are that already. */
gboolean
yj_facts_blank (YjFacts *self,
                gint64   at,
                gint64   length)
{
  g_autofree guint8 *is = NULL, *zeros = NULL;

  if (length <= 0 || length > MAX_INSTEAD)
    return length == 0;
  is = g_malloc (length);
  zeros = g_malloc0 (length);
  if (!yj_facts_read (self, at, is, length))
    return FALSE;
  return memcmp (is, zeros, length) == 0 || yj_facts_cut (self, at, length, zeros, length);
}

/* What the first directory of a TIFF structure says; 1 where it says nothing that can be. */
guint
yj_facts_orientation (const guint8 *tiff,
                      gsize         length)
{
  gboolean little = length >= 8 && tiff[0] == 'I';
  guint32 directory = length >= 8 ? (little ? yj_facts_little : yj_facts_big) (tiff + 4) : 0;
  guint entries;

  if (length < 8 || directory > length - 2)
    return 1;
  entries = little ? tiff[directory] | tiff[directory + 1] << 8 : tiff[directory] << 8 | tiff[directory + 1];
  for (guint i = 0; i < MIN (entries, MAX_ENTRIES); i++)
    {
      gsize at = directory + 2 + 12 * (gsize) i;
      guint tag, value;

      if (at + 12 > length)
        break;
      tag = little ? tiff[at] | tiff[at + 1] << 8 : tiff[at] << 8 | tiff[at + 1];
      value = little ? tiff[at + 8] | tiff[at + 9] << 8 : tiff[at + 8] << 8 | tiff[at + 9];
      if (tag == 0x112 && value >= 1 && value <= 8)
        return value;
    }
  return 1;
}

/* The least that tells how a picture is to be turned. */
gsize
yj_facts_make_tiff (guint8 *tiff,
                    guint   orientation)
{
  static const guint8 least[YJ_FACTS_TIFF] = "MM\0*\0\0\0\x08" "\0\1" "\1\x12\0\3\0\0\0\1\0\0\0\0";

  memcpy (tiff, least, YJ_FACTS_TIFF);
  tiff[19] = orientation;
  return YJ_FACTS_TIFF;
}

static YjCameraFacts
look (YjFacts *self)
{
  guint8 head[16] = { 0 };
  gboolean sound;

  if (!yj_facts_read (self, 0, head, MIN (self->size, (gint64) sizeof head)))
    return YJ_CAMERA_FACTS_BROKEN;
  if (memcmp (head, "\xff\xd8\xff", 3) == 0)
    sound = yj_facts_jpeg (self);
  else if (memcmp (head, "\x89PNG\r\n\x1a\n", 8) == 0)
    sound = yj_facts_png (self);
  else if (memcmp (head, "RIFF", 4) == 0 && (memcmp (head + 8, "WEBP", 4) == 0 || memcmp (head + 8, "WAVE", 4) == 0))
    sound = yj_facts_riff (self);
  else if (memcmp (head, "GIF8", 4) == 0)
    sound = yj_facts_gif (self);
  else if (memcmp (head, "ID3", 3) == 0 || (head[0] == 0xff && (head[1] & 0xe0) == 0xe0))
    sound = yj_facts_mp3 (self);
  else if (memcmp (head + 4, "ftyp", 4) == 0 &&
           (memcmp (head + 8, "mif1", 4) == 0 || memcmp (head + 8, "msf1", 4) == 0 || memcmp (head + 8, "hei", 3) == 0 ||
            memcmp (head + 8, "hev", 3) == 0 || memcmp (head + 8, "avi", 3) == 0))
    sound = yj_facts_heif (self);
  else if (memcmp (head + 4, "ftyp", 4) == 0 || memcmp (head + 4, "moov", 4) == 0 || memcmp (head + 4, "mdat", 4) == 0 ||
           memcmp (head + 4, "wide", 4) == 0)
    sound = yj_facts_iso (self);
  else if (memcmp (head, "II*\0", 4) == 0 || memcmp (head, "MM\0*", 4) == 0 || memcmp (head, "II+\0", 4) == 0 ||
           memcmp (head, "MM\0+", 4) == 0)
    sound = yj_facts_tiff (self);
  else if (memcmp (head, "BM", 2) == 0)
    return YJ_CAMERA_FACTS_NONE;
  else
    return YJ_CAMERA_FACTS_UNKNOWN;

  if (self->unknown)
    return YJ_CAMERA_FACTS_UNKNOWN;
  if (!sound)
    return YJ_CAMERA_FACTS_BROKEN;
  return self->cuts->len > 0 ? YJ_CAMERA_FACTS_FOUND : YJ_CAMERA_FACTS_NONE;
}

static int
open_file (GFile   *file,
           gint64  *size,
           GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofd int fd = path != NULL ? g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0) : -1;
  struct stat about;

  if (path == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "The file is not on this machine");
  else if (fd < 0 || fstat (fd, &about) != 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  else if (!S_ISREG (about.st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is no regular file", path);
  else
    {
      *size = about.st_size;
      return g_steal_fd (&fd);
    }
  return -1;
}

/**
 * yj_camera_facts_find:
 * @file: a foreign file, on this machine
 * @size: (out): its bytes, to which the cuts belong
 * @cuts: (out) (element-type Yj.Cut): what is to be left out or replaced when it is sent: in order, apart from each
 *   other, and empty unless %YJ_CAMERA_FACTS_FOUND is returned
 * @error: a %G_IO_ERROR when it cannot be opened; @cuts is %NULL then
 *
 * Looks for what tells of the camera, the place and the person, in the metadata of a picture, clip or sound. The picture
 * data, the colour profile and how a picture is to be turned are not touched. Blocks, and reads pictures whole.
 *
 * Returns: what there is
 */
YjCameraFacts
yj_camera_facts_find (GFile      *file,
                      gint64     *size,
                      GPtrArray **cuts,
                      GError    **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) cut_free);
  g_autofree guint8 *window = g_malloc (WINDOW);
  YjFacts self = { .window = window, .cuts = found };
  YjCameraFacts facts;
  g_autofd int fd = -1;

  g_return_val_if_fail (G_IS_FILE (file), YJ_CAMERA_FACTS_BROKEN);

  *cuts = NULL;
  *size = 0;
  fd = open_file (file, size, error);
  if (fd < 0)
    return YJ_CAMERA_FACTS_BROKEN;
  self.fd = fd;
  self.size = *size;
  facts = look (&self);
  if (facts != YJ_CAMERA_FACTS_FOUND)
    g_ptr_array_set_size (found, 0);
  *cuts = g_steal_pointer (&found);
  return facts;
}

static void
look_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GPtrArray) cuts = NULL;
  g_autoptr(GError) error = NULL;
  gint64 size;
  YjCameraFacts facts = yj_camera_facts_find (task_data, &size, &cuts, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, facts);
}

/**
 * yj_camera_facts_look_async:
 * @file: a foreign file, on this machine
 * @cancellable: (nullable): a cancellable
 * @callback: calls yj_camera_facts_look_finish ()
 * @user_data: for @callback
 *
 * As yj_camera_facts_find(), on a thread, for those who only want to say what will be done.
 */
void
yj_camera_facts_look_async (GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, yj_camera_facts_look_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, look_thread);
}

/**
 * yj_camera_facts_look_finish:
 * @result: what the callback was given
 * @facts: (out): what there is
 * @error: a %G_IO_ERROR when the file cannot be opened
 *
 * Returns: whether @facts is known
 */
gboolean
yj_camera_facts_look_finish (GAsyncResult   *result,
                             YjCameraFacts  *facts,
                             GError        **error)
{
  gssize got;
  GError *local = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  got = g_task_propagate_int (G_TASK (result), &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  *facts = (YjCameraFacts) got;
  return TRUE;
}
