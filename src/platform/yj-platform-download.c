/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-platform-private.h"

#include "yj-refusal.h"
#include "yj-uri.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/*
 * Fetching a result into a file that may already hold its beginning.
 *
 * The beginning is kept only if the platform says, by a strong validator, that it belongs to the same file; the end is
 * believed only if as many bytes came as were announced. What the server calls the file plays no part. The validator
 * lies with the beginning itself, in an extended attribute, so that it is there after a crash too; where the file system
 * has none, a download that broke off starts anew unless the caller knows the validator.
 */

#define ETAG_ATTRIBUTE "user.yuanjing.etag"
#define ETAG_MAX 512
#define MAX_HOPS 5
#define MAX_BYTES (G_GINT64_CONSTANT (8) * 1024 * 1024 * 1024)
#define BLOCK_SIZE (256 * 1024)

typedef struct
{
  YjAsk          *ask;
  YjCall         *call;
  char           *path;         /* of the part file */
  char           *etag;         /* what the beginning belongs to */
  int             fd;
  gint64          have;         /* bytes of the beginning */
  gint64          expected;     /* bytes of the whole file, -1: not said */
  YjDownloadInfo *info;
} Download;

static void
set_errno (GError     **error,
           const char  *path)
{
  int number = errno;
  g_autofree char *name = g_filename_display_basename (path);
  GIOErrorEnum code = number == EDQUOT || number == EFBIG ? G_IO_ERROR_NO_SPACE : g_io_error_from_errno (number);

  g_set_error (error, G_IO_ERROR, code, "%s: %s", name, g_strerror (number));
}

static void
keep_etag (Download *self)
{
  if (self->etag != NULL)
    fsetxattr (self->fd, ETAG_ATTRIBUTE, self->etag, strlen (self->etag), 0);
  else
    fremovexattr (self->fd, ETAG_ATTRIBUTE);
}

static void
read_etag (Download *self)
{
  char text[ETAG_MAX + 1];
  gssize n = fgetxattr (self->fd, ETAG_ATTRIBUTE, text, ETAG_MAX);

  if (n > 0)
    self->etag = g_strndup (text, n);
}

static gboolean
start_anew (Download  *self,
            GError   **error)
{
  self->have = 0;
  if (ftruncate (self->fd, 0) == 0 && lseek (self->fd, 0, SEEK_SET) == 0)
    return TRUE;
  set_errno (error, self->path);
  return FALSE;
}

static gboolean
open_part (Download  *self,
           GError   **error)
{
  struct stat seen;

  self->fd = open (self->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (self->fd < 0 || fstat (self->fd, &seen) != 0)
    {
      set_errno (error, self->path);
      return FALSE;
    }
  if (!S_ISREG (seen.st_mode))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "The download goes to no regular file");
      return FALSE;
    }
  if (self->etag == NULL)
    read_etag (self);
  if (self->etag == NULL || seen.st_size == 0)
    return start_anew (self, error);
  self->have = lseek (self->fd, 0, SEEK_END);
  return TRUE;
}

/* Only a strong validator proves that two halves belong together. */
static const char *
get_etag (SoupMessageHeaders *headers)
{
  const char *etag = soup_message_headers_get_one (headers, "ETag");

  return etag != NULL && *etag == '"' && strlen (etag) <= ETAG_MAX ? etag : NULL;
}

/* `bytes FROM-TO/TOTAL`; where it says `*` instead, the numbers are -1. */
static gboolean
parse_content_range (const char *text,
                     gint64     *start,
                     gint64     *end,
                     gint64     *total)
{
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GRegex) regex = g_regex_new ("^bytes\\s+(?:(\\d{1,15})-(\\d{1,15})|\\*)/(?:(\\d{1,15})|\\*)$",
                                         G_REGEX_CASELESS, 0, NULL);
  gint64 *places[] = { start, end, total };

  if (text == NULL || !g_regex_match (regex, text, 0, &match))
    return FALSE;
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *number = g_match_info_fetch (match, i + 1);

      *places[i] = number != NULL && *number != '\0' ? g_ascii_strtoll (number, NULL, 10) : -1;
    }
  return TRUE;
}

/* The next address of a chain of redirects: https, or the scheme of the platform; NULL otherwise. */
static char *
next_hop (Download    *self,
          SoupMessage *message)
{
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autofree char *from = g_uri_to_string (soup_message_get_uri (message));
  g_autofree char *to = NULL;
  g_autoptr(GUri) here = yj_uri_parse (from);
  g_autoptr(GUri) there = NULL;
  const char *base = yj_platform_get_base_url (self->ask->platform);

  if (location == NULL)
    return NULL;
  to = g_uri_resolve_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL);
  there = to != NULL ? yj_uri_parse (to) : NULL;
  if (there == NULL || (!g_str_equal (g_uri_get_scheme (there), "https") && !g_str_has_prefix (base, "http:")))
    return NULL;
  return g_steal_pointer (&to);
}

/* Sends the request, following redirects by hand; the key goes along to the platform's own origin only. */
static GInputStream *
request (Download     *self,
         SoupSession  *session,
         SoupMessage **message,
         GError      **error)
{
  g_autofree char *uri = g_strdup (self->ask->argument);
  g_autoptr(GUri) base = yj_uri_parse (yj_platform_get_base_url (self->ask->platform));

  for (int hop = 0; hop <= MAX_HOPS; hop++)
    {
      g_autoptr(GInputStream) body = NULL;
      g_autofree char *next = NULL;
      gboolean same;

      g_clear_object (message);
      *message = uri != NULL ? yj_platform_new_message (self->ask->platform, "GET", uri) : NULL;
      if (*message == NULL)
        break;
      if (self->have > 0)
        {
          g_autofree char *range = g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-", self->have);

          soup_message_headers_replace (soup_message_get_request_headers (*message), "Range", range);
          soup_message_headers_replace (soup_message_get_request_headers (*message), "If-Range", self->etag);
        }
      same = g_ascii_strcasecmp (g_uri_get_host (base), g_uri_get_host (soup_message_get_uri (*message))) == 0;
      yj_call_stay_outside (self->call, same ? NULL : g_uri_get_host (base));
      body = yj_call_send (self->call, session, *message, error);
      if (body == NULL || !SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (*message)))
        return g_steal_pointer (&body);
      next = next_hop (self, *message);
      g_free (uri);
      uri = g_steal_pointer (&next);
    }
  g_set_error_literal (error, YJ_ERROR, YJ_ERROR_PROTOCOL, "The result's address leads nowhere");
  return NULL;
}

/* What the head of the reply means for the beginning we have. */
typedef enum
{
  HEAD_GO_ON,                   /* the body comes behind it, or is all of it */
  HEAD_WHOLE,                   /* we have it all */
  HEAD_AGAIN,                   /* ask again, from the start */
  HEAD_ERROR,
} Head;

static Head
judge_range (Download    *self,
             SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *range = soup_message_headers_get_one (headers, "Content-Range");
  const char *etag = get_etag (headers);
  gint64 start = -1;
  gint64 end = -1;
  gint64 total = -1;

  if (!parse_content_range (range, &start, &end, &total))
    return HEAD_AGAIN;
  if (soup_message_get_status (message) == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE)
    {
      self->expected = total;
      return total == self->have ? HEAD_WHOLE : HEAD_AGAIN;
    }
  if (start != self->have || end < start || (total >= 0 && end != total - 1)
      || (etag != NULL && !g_str_equal (etag, self->etag)))
    return HEAD_AGAIN;
  self->expected = end + 1;
  return HEAD_GO_ON;
}

static Head
judge_head (Download      *self,
            SoupMessage   *message,
            GInputStream  *body,
            GError       **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint status = soup_message_get_status (message);

  if (self->have > 0 && (status == SOUP_STATUS_PARTIAL_CONTENT || status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE))
    return judge_range (self, message);
  if (status != SOUP_STATUS_OK)
    {
      g_autofree char *uri = g_uri_to_string (soup_message_get_uri (message));
      GError *refusal = SOUP_STATUS_IS_SUCCESSFUL (status)
                        ? g_error_new (YJ_ERROR, YJ_ERROR_PROTOCOL, "The platform answered HTTP %u", status)
                        : yj_call_new_refusal (self->call, message, body);

      /* Elsewhere there is no key to be refused: the address has run out. */
      if (refusal->code == YJ_ERROR_UNAUTHORIZED && !yj_platform_is_same_origin (self->ask->platform, uri))
        refusal->code = YJ_ERROR_NOT_FOUND;
      g_propagate_error (error, refusal);
      return HEAD_ERROR;
    }
  if (!start_anew (self, error))
    return HEAD_ERROR;
  g_set_str (&self->etag, get_etag (headers));
  keep_etag (self);
  self->expected = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
                   ? soup_message_headers_get_content_length (headers) : -1;
  return HEAD_GO_ON;
}

static gboolean
write_block (Download    *self,
             const char  *data,
             gsize        length,
             GError     **error)
{
  while (length > 0)
    {
      gssize n = write (self->fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_errno (error, self->path);
          return FALSE;
        }
      data += n;
      length -= n;
      self->have += n;
    }
  return TRUE;
}

/* An error page or a JSON reply where a file should be, whatever its status. */
static gboolean
is_no_medium (const char *data,
              gsize       length)
{
  while (length > 0 && g_ascii_isspace (*data))
    data++, length--;
  return length > 0 && (*data == '{' || *data == '<');
}

static gboolean
read_file (Download      *self,
           GInputStream  *body,
           GError       **error)
{
  g_autofree char *buffer = g_malloc (BLOCK_SIZE);
  gint64 limit = self->expected >= 0 ? self->expected : MAX_BYTES;
  gssize n;

  yj_call_set_progress (self->call, self->have, self->expected);
  while ((n = yj_call_read (self->call, body, buffer, BLOCK_SIZE, error)) > 0)
    {
      if (self->have == 0 && is_no_medium (buffer, n))
        {
          GError *refusal = yj_refusal_new (SOUP_STATUS_OK, buffer, MIN (n, 64 * 1024));

          if (refusal->code == YJ_ERROR_PROTOCOL)
            g_prefix_error_literal (&refusal, "The result is no media file: ");
          g_propagate_error (error, refusal);
          return FALSE;
        }
      if (self->have + n > limit)
        {
          g_set_error_literal (error, YJ_ERROR, YJ_ERROR_PROTOCOL, "The file is longer than was announced");
          return FALSE;
        }
      if (!write_block (self, buffer, n, error))
        return FALSE;
      yj_call_set_progress (self->call, self->have, self->expected);
    }
  if (n == 0 && (self->have < self->expected || self->have == 0))
    g_set_error_literal (error, YJ_ERROR, YJ_ERROR_CUT, "The download broke off");
  return n == 0 && self->have >= self->expected && self->have > 0;
}

/* One request and what it brings. HEAD_GO_ON: the file is whole. */
static Head
fetch (Download     *self,
       SoupSession  *session,
       GError      **error)
{
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(GInputStream) body = request (self, session, &message, error);
  Head head;

  if (body == NULL)
    return HEAD_ERROR;
  head = judge_head (self, message, body, error);
  if (head == HEAD_ERROR || head == HEAD_AGAIN)
    return head;
  g_set_str (&self->info->content_type,
             soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Type"));
  if (head == HEAD_GO_ON && !read_file (self, body, error))
    return HEAD_ERROR;
  return HEAD_WHOLE;
}

static void
download_work (YjCall   *call,
               gpointer  user_data)
{
  Download *self = user_data;
  YjAsk *ask = self->ask;
  g_autoptr(SoupSession) session = yj_platform_new_session (ask->platform);
  Head head;

  self->call = call;
  if (!open_part (self, &ask->error))
    return;
  head = fetch (self, session, &ask->error);
  if (head == HEAD_AGAIN)
    {
      if (!start_anew (self, &ask->error))
        return;
      head = fetch (self, session, &ask->error);
    }
  if (head != HEAD_WHOLE)
    return;
  if (fsync (self->fd) != 0)
    {
      set_errno (&ask->error, self->path);
      return;
    }
  yj_call_set_progress (call, self->have, self->have);
  g_set_str (&self->info->etag, self->etag);
  self->info->total = self->have;
  ask->reply = g_steal_pointer (&self->info);
}

static void
download_done (YjCall   *call,
               gpointer  user_data)
{
  Download *self = user_data;

  yj_ask_done (call, self->ask);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->info, yj_download_info_free);
  g_free (self->path);
  g_free (self->etag);
  g_free (self);
}

/**
 * yj_platform_download_async:
 * @self: a platform
 * @uri: an absolute http(s) address, or a path below the platform's
 * @part: a local file, which may hold the beginning
 * @etag: (nullable): the validator that the beginning belongs to; %NULL: the one that was kept with @part
 * @progress: (nullable) (scope async) (closure progress_data): told of the bytes in @part, on the caller's context
 * @progress_data: data for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Fetches a file into @part. When the server still has the file that the validator names, only the rest is fetched;
 * else @part starts anew. What has come stays in @part when it breaks off.
 *
 * Follows up to five redirects, to https or to the platform's own scheme. The key goes to the platform's origin only.
 */
void
yj_platform_download_async (YjPlatform          *self,
                            const char          *uri,
                            GFile               *part,
                            const char          *etag,
                            YjProgressFunc       progress,
                            gpointer             progress_data,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Download *download;

  g_return_if_fail (YJ_IS_PLATFORM (self));
  g_return_if_fail (uri != NULL);
  g_return_if_fail (G_IS_FILE (part) && g_file_peek_path (part) != NULL);

  download = g_new0 (Download, 1);
  download->ask = yj_ask_new (self, yj_platform_download_async, cancellable, callback, user_data,
                              (GDestroyNotify) yj_download_info_free);
  download->ask->argument = g_strdup (uri);
  download->path = g_strdup (g_file_peek_path (part));
  download->etag = etag != NULL && *etag == '"' ? g_strdup (etag) : NULL;
  download->fd = -1;
  download->info = g_new0 (YjDownloadInfo, 1);
  yj_call_start (YJ_CALL_FREE, &yj_platform_get_patience (self)->download, cancellable, progress, progress_data,
                 download_work, download_done, download);
}

/**
 * yj_platform_download_finish:
 * @self: a platform
 * @result: what the callback got
 * @error: return location for an error
 *
 * Succeeds only when as many bytes came as were announced; whether they are a video is for others to see.
 *
 * Returns: (transfer full): what came, or %NULL with %YJ_ERROR_CUT when it broke off, %YJ_ERROR_NOT_FOUND when the file
 *   is gone, another %YJ_ERROR, or a %G_IO_ERROR of the disk
 */
YjDownloadInfo *
yj_platform_download_finish (YjPlatform    *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
