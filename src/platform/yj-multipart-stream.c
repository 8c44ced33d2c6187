/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-multipart-stream.h"

#include "yj-submission-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * YjMultipartStream:
 *
 * The body of a `multipart/form-data` request, in constant memory.
 *
 * Its length is known before the first byte is read. Values come first, because the platform's form reader drops all
 * that follows a part it cannot read; files are opened one at a time, and called by kind and number, because that
 * reader stumbles over names. If a file is not what it was when the stream was made, reading fails before the last
 * byte, so that the platform never sees a whole request with a broken file in it.
 */

#define BUFFER_SIZE (64 * 1024)

/* A run of text, then perhaps a file or a part of one. */
typedef struct
{
  GString     *text;
  char        *path;            /* NULL: text only */
  gint64       start;           /* in the file */
  gint64       length;          /* bytes of the file from there */
  struct stat  seen;            /* what the file was when the stream was made */
} Segment;

struct _YjMultipartStream
{
  GInputStream  parent_instance;
  GPtrArray    *segments;       /* of Segment */
  guint         current;
  gint64        offset;         /* in the current segment, text and file together */
  int           fd;             /* of the current segment's file, -1 */
  guint8       *buffer;         /* read ahead of what is asked for, which is 8 KiB at a time */
  gsize         buffer_start;
  gsize         buffer_end;
  gint64        length;
  char         *content_type;
  GError       *failure;        /* why reading failed, for who gets to see something else */
};

G_DEFINE_FINAL_TYPE (YjMultipartStream, yj_multipart_stream, G_TYPE_INPUT_STREAM)

static void
segment_free (Segment *segment)
{
  g_string_free (segment->text, TRUE);
  g_free (segment->path);
  g_free (segment);
}

static void
set_errno_error (GError     **error,
                 const char  *path,
                 int          number)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", name, g_strerror (number));
}

static void
set_changed_error (GError     **error,
                   const char  *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s changed while it was being sent", name);
}

static gboolean
is_same (const struct stat *a,
         const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size
      && a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Nothing but a regular file is opened, and no pipe is waited for. */
static int
open_file (const char   *path,
           struct stat  *seen,
           GError      **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0 || fstat (fd, seen) != 0)
    {
      set_errno_error (error, path, errno);
      if (fd >= 0)
        close (fd);
      return -1;
    }
  if (!S_ISREG (seen->st_mode) || seen->st_size == 0)
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, S_ISREG (seen->st_mode) ? "%s is empty" : "%s is no regular file", name);
      close (fd);
      return -1;
    }
  return fd;
}

/* Whether every file that was sent still is what it was. */
static gboolean
check_unchanged (YjMultipartStream  *self,
                 GError            **error)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      Segment *segment = g_ptr_array_index (self->segments, i);
      struct stat now;

      if (segment->path == NULL)
        continue;
      if (stat (segment->path, &now) != 0 || !is_same (&now, &segment->seen))
        {
          set_changed_error (error, segment->path);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
fill_buffer (YjMultipartStream  *self,
             Segment            *segment,
             GError            **error)
{
  gint64 at = self->offset - (gint64) segment->text->len;
  struct stat now;
  gssize n;

  if (self->fd < 0)
    {
      self->fd = open_file (segment->path, &now, error);
      if (self->fd < 0)
        return FALSE;
      if (!is_same (&now, &segment->seen))
        {
          set_changed_error (error, segment->path);
          return FALSE;
        }
      if (lseek (self->fd, segment->start, SEEK_SET) < 0)
        {
          set_errno_error (error, segment->path, errno);
          return FALSE;
        }
      posix_fadvise (self->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
  do
    n = read (self->fd, self->buffer, MIN (BUFFER_SIZE, segment->length - at));
  while (n < 0 && errno == EINTR);
  if (n <= 0)
    {
      if (n < 0)
        set_errno_error (error, segment->path, errno);
      else
        set_changed_error (error, segment->path);
      return FALSE;
    }
  self->buffer_start = 0;
  self->buffer_end = n;
  return TRUE;
}

static void
next_segment (YjMultipartStream *self)
{
  self->current++;
  self->offset = 0;
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* Bytes of the current segment: as many as are at hand. 0: none are left in it. */
static gssize
read_segment (YjMultipartStream  *self,
              Segment            *segment,
              void               *buffer,
              gsize               count,
              GError            **error)
{
  const void *from = segment->text->str + self->offset;

  if (self->offset < (gint64) segment->text->len)
    count = MIN (count, segment->text->len - self->offset);
  else if (segment->path == NULL || self->offset == (gint64) segment->text->len + segment->length)
    return 0;
  else
    {
      if (self->buffer_start == self->buffer_end && !fill_buffer (self, segment, error))
        return -1;
      from = self->buffer + self->buffer_start;
      count = MIN (count, self->buffer_end - self->buffer_start);
      self->buffer_start += count;
    }
  memcpy (buffer, from, count);
  self->offset += count;
  return count;
}

static gssize
read_segments (YjMultipartStream  *self,
               void               *buffer,
               gsize               count,
               GError            **error)
{
  gsize done = 0;

  while (done < count && self->current < self->segments->len)
    {
      Segment *segment = g_ptr_array_index (self->segments, self->current);
      gssize n;

      /* The last segment is the closing boundary: without it the request is not whole. */
      if (self->current + 1 == self->segments->len && self->offset == 0 && !check_unchanged (self, error))
        return -1;
      n = read_segment (self, segment, (guint8 *) buffer + done, count - done, error);
      if (n < 0)
        return -1;
      if (n == 0)
        next_segment (self);
      done += n;
    }
  return done;
}

static gssize
yj_multipart_stream_read (GInputStream  *stream,
                          void          *buffer,
                          gsize          count,
                          GCancellable  *cancellable,
                          GError       **error)
{
  YjMultipartStream *self = YJ_MULTIPART_STREAM (stream);
  gssize done;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  g_clear_error (&self->failure);
  done = read_segments (self, buffer, count, &self->failure);
  if (done < 0)
    g_propagate_error (error, g_error_copy (self->failure));
  return done;
}

static void
yj_multipart_stream_finalize (GObject *object)
{
  YjMultipartStream *self = YJ_MULTIPART_STREAM (object);

  if (self->fd >= 0)
    close (self->fd);
  g_ptr_array_unref (self->segments);
  g_free (self->buffer);
  g_free (self->content_type);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (yj_multipart_stream_parent_class)->finalize (object);
}

static void
yj_multipart_stream_class_init (YjMultipartStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_multipart_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = yj_multipart_stream_read;
}

static void
yj_multipart_stream_init (YjMultipartStream *self)
{
  self->segments = g_ptr_array_new_with_free_func ((GDestroyNotify) segment_free);
  self->buffer = g_malloc (BUFFER_SIZE);
  self->fd = -1;
}

static Segment *
add_segment (YjMultipartStream *self)
{
  Segment *segment = g_new0 (Segment, 1);

  segment->text = g_string_new (NULL);
  g_ptr_array_add (self->segments, segment);
  return segment;
}

/* Media types, and the ending a file of each gets. The first type of an ending is the one that an ending means. */
static const struct { const char *type; const char *ending; } known_types[] = {
  { "image/jpeg", "jpg" },        { "image/jpeg", "jpeg" },      { "image/png", "png" },
  { "image/webp", "webp" },       { "image/gif", "gif" },        { "image/bmp", "bmp" },
  { "image/tiff", "tiff" },       { "image/heic", "heic" },      { "image/avif", "avif" },
  { "video/mp4", "mp4" },         { "video/quicktime", "mov" },  { "video/webm", "webm" },
  { "video/x-matroska", "mkv" },  { "video/matroska", "mkv" },   { "video/x-msvideo", "avi" },
  { "audio/mpeg", "mp3" },        { "audio/wav", "wav" },        { "audio/x-wav", "wav" },
  { "audio/vnd.wave", "wav" },    { "audio/mp4", "m4a" },        { "audio/x-m4a", "m4a" },
  { "audio/aac", "aac" },         { "audio/flac", "flac" },      { "audio/x-flac", "flac" },
  { "audio/ogg", "ogg" },         { "audio/x-vorbis+ogg", "ogg" },
};

/* The ending of a name, in small letters, when it is a plain one; else NULL. */
static char *
dup_ending (const char *path)
{
  const char *dot = strrchr (path, '.');
  gsize length = dot != NULL ? strlen (dot + 1) : 0;

  if (length == 0 || length > 5 || strspn (dot + 1, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS) != length)
    return NULL;
  return g_ascii_strdown (dot + 1, -1);
}

static char *
dup_content_type (YjField    *field,
                  const char *path)
{
  g_autofree char *ending = dup_ending (path);
  g_autofree char *guess = NULL;

  if (field->content_type != NULL)
    return g_strdup (field->content_type);
  for (gsize i = 0; i < G_N_ELEMENTS (known_types) && ending != NULL; i++)
    if (g_str_equal (ending, known_types[i].ending))
      return g_strdup (known_types[i].type);
  guess = g_content_type_guess (path, NULL, 0, NULL);
  return g_content_type_get_mime_type (guess);
}

/* The kind a file is called by and the ending its stored copy gets, which the provider goes by. */
static void
name_file (const char  *content_type,
           const char  *path,
           const char **kind,
           char       **ending)
{
  *kind = g_str_has_prefix (content_type, "image/") ? "image"
        : g_str_has_prefix (content_type, "video/") ? "video"
        : g_str_has_prefix (content_type, "audio/") ? "audio" : "file";
  *ending = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (known_types) && *ending == NULL; i++)
    if (g_str_equal (content_type, known_types[i].type))
      *ending = g_strdup (known_types[i].ending);
  if (*ending == NULL)
    *ending = dup_ending (path);
  if (*ending == NULL)
    *ending = g_strdup ("bin");
}

/* A name inside quotes, as browsers write it. */
static void
append_name (GString    *text,
             const char *name)
{
  for (; *name != '\0'; name++)
    if (*name == '"' || *name == '\r' || *name == '\n')
      g_string_append_printf (text, "%%%02X", *name);
    else
      g_string_append_c (text, *name);
}

/* The file, but for its cuts: a segment up to each, one behind the last, and what takes a cut's place as text. */
static gboolean
add_content (YjMultipartStream  *self,
             Segment            *segment,
             YjField            *field,
             const char         *path,
             GError            **error)
{
  struct stat seen = segment->seen;
  gint64 at = 0;

  for (guint i = 0; field->cuts != NULL && i < field->cuts->len; i++)
    {
      const YjFieldCut *cut = &g_array_index (field->cuts, YjFieldCut, i);

      if (seen.st_size != field->cut_size || cut->at < at)
        {
          set_changed_error (error, path);
          return FALSE;
        }
      segment->path = g_strdup (path);
      segment->start = at;
      segment->length = cut->at - at;
      at = cut->at + cut->length;
      segment = add_segment (self);
      segment->seen = seen;
      if (cut->instead != NULL)
        g_string_append_len (segment->text, g_bytes_get_data (cut->instead, NULL), g_bytes_get_size (cut->instead));
    }
  segment->path = g_strdup (path);
  segment->start = at;
  segment->length = seen.st_size - at;
  return TRUE;
}

static gboolean
add_file (YjMultipartStream  *self,
          YjField            *field,
          const char         *boundary,
          GHashTable         *numbers,
          GError            **error)
{
  g_autofree char *path = g_file_get_path (field->file);
  g_autofree char *content_type = NULL;
  g_autofree char *ending = NULL;
  const char *kind;
  Segment *segment;
  guint number;
  int fd;

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Only a local file can be sent");
      return FALSE;
    }
  segment = add_segment (self);
  fd = open_file (path, &segment->seen, error);
  if (fd < 0)
    return FALSE;
  close (fd);
  content_type = dup_content_type (field, path);
  name_file (content_type, path, &kind, &ending);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, kind)) + 1;
  g_hash_table_insert (numbers, (gpointer) kind, GUINT_TO_POINTER (number));
  g_string_append_printf (segment->text, "--%s\r\nContent-Disposition: form-data; name=\"", boundary);
  append_name (segment->text, field->name);
  g_string_append_printf (segment->text, "\"; filename=\"%s-%u.%s\"\r\nContent-Type: %s\r\n\r\n", kind, number, ending,
                          content_type);
  return add_content (self, segment, field, path, error);
}

static gboolean
build (YjMultipartStream  *self,
       GPtrArray          *fields,
       GError            **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *boundary = g_strconcat ("yuanjing-", uuid, NULL);
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);      /* files so far, by kind */
  Segment *segment = add_segment (self);

  for (guint i = 0; i < fields->len; i++)
    {
      YjField *field = g_ptr_array_index (fields, i);

      if (field->value == NULL)
        continue;
      g_string_append_printf (segment->text, "--%s\r\nContent-Disposition: form-data; name=\"", boundary);
      append_name (segment->text, field->name);
      g_string_append_printf (segment->text, "\"\r\n\r\n%s\r\n", field->value);
    }
  for (guint i = 0; i < fields->len; i++)
    {
      YjField *field = g_ptr_array_index (fields, i);

      if (field->file == NULL)
        continue;
      if (!add_file (self, field, boundary, numbers, error))
        return FALSE;
      segment = add_segment (self);
      g_string_append (segment->text, "\r\n");
    }
  if (g_hash_table_size (numbers) > 0)
    segment = add_segment (self);
  g_string_append_printf (segment->text, "--%s--\r\n", boundary);
  self->content_type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
  for (guint i = 0; i < self->segments->len; i++)
    {
      segment = g_ptr_array_index (self->segments, i);
      self->length += segment->text->len + segment->length;
    }
  return TRUE;
}

/**
 * yj_multipart_stream_new:
 * @submission: what to send; it must not get more fields
 * @error: return location for an error
 *
 * Looks at every file once, for its size; call it where a disk may be waited for.
 *
 * Returns: (transfer full): the stream, or %NULL with a %G_IO_ERROR when a file cannot be read, is empty or is no
 *   regular file. Reading fails with a %G_IO_ERROR too, before the last byte, when one changed meanwhile.
 */
GInputStream *
yj_multipart_stream_new (YjSubmission  *submission,
                         GError       **error)
{
  g_autoptr(YjMultipartStream) self = g_object_new (YJ_TYPE_MULTIPART_STREAM, NULL);

  g_return_val_if_fail (YJ_IS_SUBMISSION (submission), NULL);

  if (!build (self, yj_submission_get_fields (submission), error))
    return NULL;
  return G_INPUT_STREAM (g_steal_pointer (&self));
}

/* Returns: `multipart/form-data` with the boundary of this body */
const char *
yj_multipart_stream_get_content_type (YjMultipartStream *self)
{
  g_return_val_if_fail (YJ_IS_MULTIPART_STREAM (self), NULL);

  return self->content_type;
}

/* Returns: the bytes of the whole body, exactly */
gint64
yj_multipart_stream_get_length (YjMultipartStream *self)
{
  g_return_val_if_fail (YJ_IS_MULTIPART_STREAM (self), -1);

  return self->length;
}

/* Returns: (nullable): why reading failed last, a %G_IO_ERROR */
const GError *
yj_multipart_stream_get_failure (YjMultipartStream *self)
{
  g_return_val_if_fail (YJ_IS_MULTIPART_STREAM (self), NULL);

  return self->failure;
}
