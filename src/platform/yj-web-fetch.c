/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One address, one file. It is no part of the platform's API: nothing of the platform's, key or cookie, goes along, and
 * what comes is taken for foreign. How long it may be and how long it may take is bounded; its name on disk is made of
 * harmless letters of the address that the person chose, never of what the server says.
 */

#define G_LOG_DOMAIN "yj-web-fetch"

#include "yj-web-fetch.h"

#include "yj-uri.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#define MAX_BYTES (200 << 20)
#define MAX_EMBEDDED (32 << 20) /* characters of a data: address */
#define MAX_NAME 60             /* characters */
#define BLOCK_SIZE (128 * 1024)
#define SILENCE_SECONDS 20
#define PATIENCE (5 * 60 * G_USEC_PER_SEC)

typedef struct
{
  char *address;
  char *folder;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_free (fetch->address);
  g_free (fetch->folder);
  g_free (fetch);
}

static gboolean
is_embedded (const char *address)
{
  return g_ascii_strncasecmp (address, "data:image/", strlen ("data:image/")) == 0;
}

/**
 * yj_web_fetch_takes:
 * @address: what may be an address
 *
 * Returns: whether it can be fetched: http or https, or data: with a picture in it
 */
gboolean
yj_web_fetch_takes (const char *address)
{
  g_autoptr(GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  if (is_embedded (address))
    return strlen (address) < MAX_EMBEDDED;
  uri = yj_uri_parse (address);
  return uri != NULL && (g_str_equal (g_uri_get_scheme (uri), "http") || g_str_equal (g_uri_get_scheme (uri), "https"));
}

/* The last part of the address's path, of letters, digits and a few signs only. */
static char *
make_name (const char *address)
{
  g_autoptr(GUri) uri = is_embedded (address) ? NULL : yj_uri_parse (address);
  const char *path = uri != NULL ? g_uri_get_path (uri) : "";
  const char *slash = strrchr (path, '/');
  g_autofree char *last = g_uri_unescape_string (slash != NULL ? slash + 1 : path, "/");
  g_autoptr(GString) name = g_string_new (NULL);
  glong n = 0;

  for (const char *p = last != NULL && g_utf8_validate (last, -1, NULL) ? last : ""; *p != '\0' && n < MAX_NAME;
       p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || c == '_' || (c == '.' && name->len > 0))
        g_string_append_unichar (name, c);
      else if (name->len > 0)
        g_string_append_c (name, '-');
    }
  return name->len > 0 ? g_string_free_and_steal (g_steal_pointer (&name)) : g_strdup ("picture");
}

static int
make_file (Fetch   *fetch,
           char   **path,
           GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = make_name (fetch->address);
  g_autofree char *folder = g_strdup_printf ("%s/%.8s", fetch->folder, uuid);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  *path = g_build_filename (folder, name, NULL);
  fd = g_open (*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", *path, g_strerror (errno));
  return fd;
}

static gboolean
write_all (int           fd,
           const guint8 *data,
           gsize         length,
           GError      **error)
{
  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
          return FALSE;
        }
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
copy_body (GInputStream  *body,
           int            fd,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gint64 deadline = g_get_monotonic_time () + PATIENCE, total = 0;
  gssize n;

  while ((n = g_input_stream_read (body, block, BLOCK_SIZE, cancellable, error)) > 0)
    {
      total += n;
      if (total > MAX_BYTES)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The file on the web is too large");
          return FALSE;
        }
      if (g_get_monotonic_time () > deadline)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The transfer took too long");
          return FALSE;
        }
      if (!write_all (fd, block, n, error))
        return FALSE;
    }
  return n == 0;
}

static gboolean
fetch_embedded (Fetch   *fetch,
                int      fd,
                GError **error)
{
  const char *comma = strchr (fetch->address, ',');
  g_autofree guint8 *data = NULL;
  g_autofree char *plain = NULL;
  gsize length = 0;

  if (comma != NULL && comma - fetch->address >= 7 && g_ascii_strncasecmp (comma - 7, ";base64", 7) == 0)
    {
      plain = g_uri_unescape_string (comma + 1, NULL);
      data = plain != NULL ? g_base64_decode (plain, &length) : NULL;
    }
  if (length > 0)
    return write_all (fd, data, length, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The address holds no picture");
  return FALSE;
}

static gboolean
fetch_web (Fetch         *fetch,
           int            fd,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(SoupSession) session = soup_session_new_with_options ("timeout", SILENCE_SECONDS, "user-agent",
                                                                  "Mozilla/5.0 (compatible) Yuanjing", NULL);
  g_autoptr(GUri) uri = yj_uri_parse (fetch->address);
  g_autoptr(SoupMessage) message = soup_message_new_from_uri ("GET", uri);
  g_autoptr(GInputStream) body = NULL;
  guint status;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "image/*,video/*,audio/*,*/*;q=0.5");
  body = soup_session_send (session, message, cancellable, error);
  if (body == NULL)
    return FALSE;
  status = soup_message_get_status (message);
  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      g_set_error (error, G_IO_ERROR, status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE ? G_IO_ERROR_NOT_FOUND
                   : status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_UNAUTHORIZED ? G_IO_ERROR_PERMISSION_DENIED
                   : G_IO_ERROR_FAILED, "%u %s", status, soup_message_get_reason_phrase (message));
      return FALSE;
    }
  return copy_body (body, fd, cancellable, error);
}

static void
fetch_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  g_autofree char *path = NULL, *folder = NULL;
  GError *error = NULL;
  gboolean good;
  g_autofd int fd = make_file (fetch, &path, &error);

  if (fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  good = is_embedded (fetch->address) ? fetch_embedded (fetch, fd, &error) : fetch_web (fetch, fd, cancellable, &error);
  if (good)
    {
      g_task_return_pointer (task, g_file_new_for_path (path), g_object_unref);
      return;
    }
  folder = g_path_get_dirname (path);
  g_unlink (path);
  g_rmdir (folder);
  g_task_return_error (task, error);
}

/**
 * yj_web_fetch_async:
 * @address: for which yj_web_fetch_takes() is true
 * @folder: where a folder with the file is made; it is made itself when missing
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Fetches at most 200 MiB, on a thread of its own. Fails with `G_IO_ERROR_MESSAGE_TOO_LARGE`, `G_IO_ERROR_TIMED_OUT`
 * after 20 s of silence or five minutes, `G_IO_ERROR_NOT_FOUND` and `G_IO_ERROR_PERMISSION_DENIED` when the server says
 * so, and whatever the network says.
 */
void
yj_web_fetch_async (const char          *address,
                    GFile               *folder,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Fetch *fetch;

  g_return_if_fail (address != NULL && yj_web_fetch_takes (address));
  g_return_if_fail (G_IS_FILE (folder) && g_file_is_native (folder));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_web_fetch_async);
  fetch = g_new0 (Fetch, 1);
  fetch->address = g_strdup (address);
  fetch->folder = g_file_get_path (folder);
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  g_task_run_in_thread (task, fetch_thread);
}

/**
 * yj_web_fetch_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the file
 */
GFile *
yj_web_fetch_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_web_fetch_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
