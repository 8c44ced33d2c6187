/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-reply.h"

#include <glib/gstdio.h>

/*
 * One pump for all answers: it asks a source for bytes and hands them to the server, one piece after the other, so
 * that nothing is held in memory and every fault of the line has one place.
 */

#define PIECE 65536
#define TICK (G_USEC_PER_SEC / 20)      /* of a limited bandwidth */

typedef struct
{
  SoupServerMessage *message;
  YjSandboxFaults   *faults;
  YjSandboxSource    source;
  gpointer           user_data;
  GDestroyNotify     destroy;
  GBytes            *rest;      /* of a piece that was too large for the bandwidth */
  gint64             sent;      /* bytes of the body */
  gint64             limit;     /* the body ends there; -1: with its source */
  gboolean           hold;      /* at the limit: TRUE stalls, FALSE cuts */
  gint64             bandwidth; /* bytes a second, -1: as fast as it goes */
  gint64             not_before;        /* monotonic, µs */
  guint              timer;
  gboolean           over;      /* nothing more is to be appended */
} Reply;

static void pump (Reply *self);

static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  Reply *self = user_data;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (message, self);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_clear_pointer (&self->rest, g_bytes_unref);
  yj_sandbox_faults_unref (self->faults);
  g_object_unref (self->message);
  g_free (self);
}

/**
 * yj_sandbox_reply_cut:
 * @message: a message
 *
 * Closes the connection, whatever has been sent.
 */
void
yj_sandbox_reply_cut (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static gboolean
timer_cb (gpointer user_data)
{
  Reply *self = user_data;

  self->timer = 0;
  pump (self);

  return G_SOURCE_REMOVE;
}

static void
wait_until (Reply  *self,
            gint64  due)
{
  gint64 now = g_get_monotonic_time ();

  if (self->timer == 0)
    self->timer = g_timeout_add (due > now ? (due - now + 999) / 1000 : 0, timer_cb, self);
}

/* What may go out now; NULL when nothing may or nothing is there. */
static GBytes *
next_piece (Reply    *self,
            gboolean *ended)
{
  g_autoptr(GBytes) piece = g_steal_pointer (&self->rest);
  gint64 due = 0;
  gsize most = G_MAXSIZE;

  if (piece == NULL)
    {
      piece = self->source (self->user_data, &due);
      if (piece == NULL && due > 0)
        wait_until (self, due);
      *ended = piece == NULL && due == 0;
      if (piece == NULL)
        return NULL;
    }
  if (self->bandwidth > 0)
    {
      most = MAX (1, self->bandwidth * TICK / G_USEC_PER_SEC);
      self->not_before = MAX (self->not_before, g_get_monotonic_time ()) +
                         (gint64) MIN (most, g_bytes_get_size (piece)) * G_USEC_PER_SEC / self->bandwidth;
    }
  if (self->limit >= 0)
    most = MIN (most, (gsize) (self->limit - self->sent));
  if (g_bytes_get_size (piece) > most)
    {
      self->rest = g_bytes_new_from_bytes (piece, most, g_bytes_get_size (piece) - most);
      return g_bytes_new_from_bytes (piece, 0, most);
    }

  return g_steal_pointer (&piece);
}

static void
pump (Reply *self)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  g_autoptr(GBytes) piece = NULL;
  gboolean ended = FALSE;

  if (self->over)
    return;
  if (self->limit >= 0 && self->sent >= self->limit)
    {
      self->over = TRUE;
      if (self->hold)
        return;
      yj_sandbox_reply_cut (self->message);
      soup_message_body_append (body, SOUP_MEMORY_STATIC, " ", 1);      /* cannot be written: so the server notices */
      soup_server_message_unpause (self->message);
      return;
    }
  if (self->not_before > g_get_monotonic_time ())
    {
      wait_until (self, self->not_before);
      return;
    }

  piece = next_piece (self, &ended);
  if (piece != NULL)
    {
      self->sent += g_bytes_get_size (piece);
      soup_message_body_append_bytes (body, piece);
    }
  else if (ended)
    {
      self->over = TRUE;
      soup_message_body_complete (body);
    }
  else
    return;
  soup_server_message_unpause (self->message);
}

static void
wrote_cb (SoupServerMessage *message,
          gpointer           user_data)
{
  pump (user_data);
}

static gboolean
start_cb (gpointer user_data)
{
  Reply *self = user_data;

  self->timer = 0;
  soup_server_message_unpause (self->message);

  return G_SOURCE_REMOVE;
}

/* @length: of the body; -1: chunks. */
static void
start (SoupServerMessage *message,
       YjSandboxFaults   *faults,
       gint64             length,
       YjSandboxSource    source,
       gpointer           user_data,
       GDestroyNotify     destroy)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gint64 latency = yj_sandbox_faults_get_int (faults, "latency", 0);
  gint64 cut = yj_sandbox_faults_get_int (faults, "cut-response-after", 0);
  gint64 stall = yj_sandbox_faults_get_int (faults, "stall", 0);
  Reply *self = g_new0 (Reply, 1);

  self->message = g_object_ref (message);
  self->faults = yj_sandbox_faults_ref (faults);
  self->source = source;
  self->user_data = user_data;
  self->destroy = destroy;
  self->bandwidth = yj_sandbox_faults_get_int (faults, "bandwidth", -1);
  self->hold = stall >= 0;
  self->limit = stall >= 0 ? stall : cut;

  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  if (length < 0)
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  else if (yj_sandbox_faults_has (faults, "wrong-length"))
    {
      const char *value = yj_sandbox_faults_get (faults, "wrong-length");
      gint64 declared = MAX (0, length + (*value != '\0' ? g_ascii_strtoll (value, NULL, 10) : 1));

      soup_message_headers_set_content_length (headers, declared);
      if (declared != length)
        self->limit = MIN (length, declared);
    }
  else
    soup_message_headers_set_content_length (headers, length);

  /* Nothing here is answered by the server itself, least of all ranges. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_cb), self);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_cb), self);
  if (yj_sandbox_faults_has (faults, "no-reply"))
    {
      soup_server_message_pause (message);
      yj_sandbox_reply_cut (message);
      self->over = TRUE;
      self->timer = g_idle_add (start_cb, self);    /* the server notices when it writes */
    }
  else if (latency > 0)
    {
      soup_server_message_pause (message);
      self->timer = g_timeout_add (latency, start_cb, self);
    }
}

/* ---- sources */

typedef struct
{
  GFileInputStream *stream;     /* or */
  GBytes           *bytes;
  gsize             left;
} Data;

static void
data_free (Data *data)
{
  g_clear_object (&data->stream);
  g_clear_pointer (&data->bytes, g_bytes_unref);
  g_free (data);
}

static GBytes *
data_source (gpointer  user_data,
             gint64   *due)
{
  Data *data = user_data;
  g_autofree guint8 *buffer = NULL;
  gssize n;

  if (data->bytes != NULL)
    {
      g_autoptr(GBytes) bytes = g_steal_pointer (&data->bytes);

      return g_bytes_get_size (bytes) > 0 ? g_steal_pointer (&bytes) : NULL;
    }
  if (data->stream == NULL || data->left == 0)
    return NULL;
  buffer = g_malloc (MIN (data->left, PIECE));
  n = g_input_stream_read (G_INPUT_STREAM (data->stream), buffer, MIN (data->left, PIECE), NULL, NULL);
  if (n <= 0)
    return NULL;
  data->left -= n;

  return g_bytes_new_take (g_steal_pointer (&buffer), n);
}

/**
 * yj_sandbox_reply_text:
 * @message: what is answered
 * @faults: what is to go wrong
 * @status: HTTP status
 * @content_type: of @body
 * @body: the whole body
 */
void
yj_sandbox_reply_text (SoupServerMessage *message,
                       YjSandboxFaults   *faults,
                       guint              status,
                       const char        *content_type,
                       const char        *body)
{
  Data *data = g_new0 (Data, 1);

  data->bytes = g_bytes_new (body, strlen (body));
  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Type", content_type);
  start (message, faults, strlen (body), data_source, data, (GDestroyNotify) data_free);
}

/**
 * yj_sandbox_reply_stream:
 * @message: what is answered
 * @faults: what is to go wrong
 * @content_type: of the body
 * @source: asked for one piece after the other
 * @user_data: data for @source
 * @destroy: called with @user_data when the answer is over or the other side has gone
 */
void
yj_sandbox_reply_stream (SoupServerMessage *message,
                         YjSandboxFaults   *faults,
                         const char        *content_type,
                         YjSandboxSource    source,
                         gpointer           user_data,
                         GDestroyNotify     destroy)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Type", content_type);
  start (message, faults, -1, source, user_data, destroy);
}

typedef enum
{
  RANGE_NONE,                   /* the whole file */
  RANGE_PART,
  RANGE_UNSATISFIABLE,
} RangeKind;

/* One range of bytes; anything else means the whole file. */
static RangeKind
parse_range (const char *header,
             gint64      size,
             gint64     *first,
             gint64     *last)
{
  g_autoptr(GRegex) form = g_regex_new ("^bytes=(\\d*)-(\\d*)$", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (header == NULL || !g_regex_match (form, header, 0, &match))
    return RANGE_NONE;
  from = g_match_info_fetch (match, 1);
  to = g_match_info_fetch (match, 2);
  if (*from == '\0' && *to == '\0')
    return RANGE_NONE;
  if (*from == '\0')
    {
      gint64 wanted = g_ascii_strtoll (to, NULL, 10);

      *first = MAX (0, size - wanted);
      *last = size - 1;
      return wanted > 0 && size > 0 ? RANGE_PART : RANGE_UNSATISFIABLE;
    }
  *first = g_ascii_strtoll (from, NULL, 10);
  *last = *to != '\0' ? MIN (g_ascii_strtoll (to, NULL, 10), size - 1) : size - 1;
  if (*to != '\0' && g_ascii_strtoll (to, NULL, 10) < *first)
    return RANGE_NONE;

  return *first < size ? RANGE_PART : RANGE_UNSATISFIABLE;
}

/**
 * yj_sandbox_reply_file:
 * @message: what is answered
 * @faults: what is to go wrong
 * @path: a local file
 * @content_type: what it is
 *
 * Sends the file, or the one range of it that is asked for, provided If-Range names the file's ETag.
 */
void
yj_sandbox_reply_file (SoupServerMessage *message,
                       YjSandboxFaults   *faults,
                       const char        *path,
                       const char        *content_type)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *if_range = soup_message_headers_get_one (asked, "If-Range");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  Data *data = g_new0 (Data, 1);
  gint64 first = 0, last;
  g_autofree char *etag = NULL;
  GStatBuf facts = { 0 };
  RangeKind kind;

  data->stream = g_file_read (file, NULL, NULL);
  if (data->stream == NULL || g_stat (path, &facts) != 0)
    {
      data_free (data);
      yj_sandbox_reply_text (message, faults, SOUP_STATUS_NOT_FOUND, "text/plain; charset=utf-8", "404: Not Found");
      return;
    }
  etag = g_strdup_printf ("\"%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x-%lx\"", (gint64) facts.st_size,
                          (gint64) facts.st_mtime, (gulong) facts.st_mtim.tv_nsec);
  last = facts.st_size - 1;
  kind = if_range != NULL && g_strcmp0 (if_range, etag) != 0 ? RANGE_NONE :
         parse_range (soup_message_headers_get_one (asked, "Range"), facts.st_size, &first, &last);

  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Content-Type", content_type);
  if (kind == RANGE_UNSATISFIABLE)
    {
      g_autofree char *range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, (gint64) facts.st_size);

      soup_message_headers_replace (headers, "Content-Range", range);
      data_free (data);
      yj_sandbox_reply_text (message, faults, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, "text/plain; charset=utf-8",
                             "416: Range Not Satisfiable");
      return;
    }
  if (kind == RANGE_PART)
    {
      soup_message_headers_set_content_range (headers, first, last, facts.st_size);
      soup_server_message_set_status (message, SOUP_STATUS_PARTIAL_CONTENT, NULL);
      g_seekable_seek (G_SEEKABLE (data->stream), first, G_SEEK_SET, NULL, NULL);
    }
  else
    {
      first = 0;
      last = facts.st_size - 1;
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
    }
  data->left = last - first + 1;
  start (message, faults, data->left, data_source, data, (GDestroyNotify) data_free);
}
