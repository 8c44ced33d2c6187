/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-test-platform.h"

#include <glib/gstdio.h>
#include <string.h>

static void
request_free (YjTestRequest *request)
{
  g_free (request->method);
  g_free (request->path);
  g_free (request->content_type);
  g_free (request->authorization);
  g_bytes_unref (request->body);
  g_free (request);
}

static void
keep (GPtrArray         *list,
      SoupServerMessage *message,
      const char        *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr(GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  YjTestRequest *request = g_new0 (YjTestRequest, 1);

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (path);
  request->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  request->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  request->body = g_steal_pointer (&body);
  g_ptr_array_add (list, request);
}

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *type,
        const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
cut (SoupServerMessage *message)
{
  g_autoptr(GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
answer_json (YjTestPlatform    *self,
             SoupServerMessage *message,
             guint              status,
             const char        *body)
{
  if (status >= 400 && self->retry_after != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", self->retry_after);
  answer (message, status, *body == '<' ? "text/html" : "application/json", body);
}

static void
answer_submit (YjTestPlatform    *self,
               SoupServerMessage *message)
{
  g_autofree char *body = NULL;

  if (self->submit_body != NULL)
    body = g_strdup (self->submit_body);
  else
    body = g_strdup_printf ("{\"taskid\": \"93675940437873473%u\", \"status\": \"created\"}", self->posts->len);
  answer_json (self, message, self->submit_status != 0 ? self->submit_status : 200, body);
}

static void
submit_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  YjTestPlatform *self = user_data;

  keep (self->posts, message, path);
  if (self->hook != NULL)
    self->hook (self, path, self->hook_data);

  if (self->submit == YJ_TEST_CUT)
    cut (message);
  else if (self->submit == YJ_TEST_HOLD)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
    }
  else
    answer_submit (self, message);
}

static void
tasks_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  YjTestPlatform *self = user_data;
  const char *id = query != NULL ? g_hash_table_lookup (query, "taskid") : NULL;
  g_autofree char *body = NULL;

  self->n_polls++;
  if (self->hook != NULL)
    self->hook (self, path, self->hook_data);

  if (self->poll_body != NULL)
    body = g_strdup (self->poll_body);
  else if (self->n_polls < self->polls_to_end)
    body = g_strdup_printf ("{\"taskid\": \"%s\", \"status\": \"RUNNING\"}", id);
  else
    body = g_strdup_printf ("{\"status\": \"SUCCEEDED\", \"usage\": {\"credits\": 10}, "
                            "\"image\": \"%s/idfile?path=/tmp/%s/cover.jpeg\", "
                            "\"video\": \"%s/idfile?path=/tmp/%s/%u/video.mp4\"}",
                            self->base_url, id, self->base_url, id, ++self->n_link);
  answer_json (self, message, self->poll_status != 0 ? self->poll_status : 200, body);
}

static void
send_raw (YjTestPlatform    *self,
          SoupServerMessage *message,
          const char        *head,
          const char        *data,
          gsize              length,
          gboolean           close)
{
  GIOStream *stream = soup_server_message_steal_connection (message);
  GOutputStream *output = g_io_stream_get_output_stream (stream);

  g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (output, data, length, NULL, NULL, NULL);
  g_output_stream_flush (output, NULL, NULL);
  if (close)
    g_io_stream_close (stream, NULL, NULL);
  g_ptr_array_add (self->streams, stream);
}

static void
answer_video (YjTestPlatform    *self,
              SoupServerMessage *message,
              guint              link)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gsize length;
  const char *data = g_bytes_get_data (self->video, &length);
  g_autofree char *head = NULL;
  gsize start = 0, end = length;
  const char *range = soup_message_headers_get_one (headers, "Range");
  const char *if_range = soup_message_headers_get_one (headers, "If-Range");

  self->n_fetches++;
  g_set_str (&self->last_range, range);
  if (link <= self->dead_links)
    {
      answer (message, 404, "text/plain", "404: Not Found");
      return;
    }

  if (range != NULL && g_strcmp0 (if_range, "\"one\"") == 0)
    start = g_ascii_strtoull (range + strlen ("bytes="), NULL, 10);
  if (start >= length)
    {
      head = g_strdup_printf ("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */%zu\r\n"
                              "Content-Length: 0\r\nConnection: close\r\n\r\n", length);
      send_raw (self, message, head, "", 0, TRUE);
      return;
    }
  if (self->cut_at > 0)
    {
      end = MIN (self->cut_at, length);
      self->cut_at = 0;
    }
  else if (self->hold_file)
    end = start + (length - start) / 2;

  if (start > 0)
    head = g_strdup_printf ("HTTP/1.1 206 Partial Content\r\nContent-Type: video/mp4\r\nETag: \"one\"\r\n"
                            "Content-Range: bytes %zu-%zu/%zu\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
                            start, length - 1, length, length - start);
  else
    head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nETag: \"one\"\r\nContent-Length: %zu\r\n"
                            "Connection: close\r\n\r\n", length);
  send_raw (self, message, head, data + start, end - MIN (start, end), !self->hold_file);
}

static void
file_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  YjTestPlatform *self = user_data;
  const char *name = query != NULL ? g_hash_table_lookup (query, "path") : NULL;

  if (self->hook != NULL)
    self->hook (self, name, self->hook_data);

  if (name != NULL && g_str_has_suffix (name, "video.mp4"))
    {
      g_auto(GStrv) parts = g_strsplit (name, "/", -1);

      answer_video (self, message, (guint) g_ascii_strtoull (parts[g_strv_length (parts) - 2], NULL, 10));
    }
  else if (name != NULL && g_str_has_suffix (name, "cover.jpeg") && self->cover != NULL)
    {
      gsize length;
      const char *data = g_bytes_get_data (self->cover, &length);

      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "image/jpeg", SOUP_MEMORY_COPY, data, length);
    }
  else
    answer (message, 404, "text/plain", "404: Not Found");
}

static void
chat_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  YjTestPlatform *self = user_data;
  const char *body = self->chat_body;

  keep (self->chats, message, path);
  if (self->hook != NULL)
    self->hook (self, path, self->hook_data);

  if (body == NULL)
    body = "data: {\"choices\": [{\"delta\": {\"content\": \"one \", \"role\": \"assistant\"}, \"index\": 0}], \"model\": \"m\", \"content\": \"one \", \"finish\": \"0\", \"llmusageid\": \"u1\"}\n"
           "data: {\"choices\": [{\"delta\": {\"content\": \"two\", \"role\": null}, \"index\": 0}], \"model\": \"m\", \"content\": \"two\", \"finish\": \"0\", \"llmusageid\": \"u1\"}\n"
           "data: {\"choices\": [], \"model\": \"m\", \"finish\": \"1\", \"usage\": {\"total_tokens\": 7, \"completion_tokens\": 4, \"prompt_tokens\": 3, \"prompt_tokens_details\": {\"cached_tokens\": 1}}, \"llmusageid\": \"u1\"}\n"
           "data: [DONE]\n";
  if (self->chat == YJ_TEST_ANSWER)
    answer (message, self->chat_status != 0 ? self->chat_status : 200,
            self->chat_status >= 400 ? "application/json" : "text/event-stream", body);
  else
    send_raw (self, message, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n", body,
              strlen (body), self->chat == YJ_TEST_CUT);
}

YjTestPlatform *
yj_test_platform_new (void)
{
  YjTestPlatform *self = g_new0 (YjTestPlatform, 1);

  self->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->chats = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  self->polls_to_end = 1;
  self->video = yj_test_video ();
  self->cover = yj_test_cover ();
  yj_test_platform_open (self);

  return self;
}

void
yj_test_platform_open (YjTestPlatform *self)
{
  g_autoptr(GError) error = NULL;
  g_autoslist(GUri) uris = NULL;
  guint port = 0;

  if (self->base_url != NULL)
    port = (guint) g_ascii_strtoull (strrchr (self->base_url, ':') + 1, NULL, 10);

  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (self->server, "/llmage/video", submit_cb, self, NULL);
  soup_server_add_handler (self->server, "/llmage/v1/video/generations", submit_cb, self, NULL);
  soup_server_add_handler (self->server, "/llmage/tasks", tasks_cb, self, NULL);
  soup_server_add_handler (self->server, "/llmage/v1/chat/completions", chat_cb, self, NULL);
  soup_server_add_handler (self->server, "/idfile", file_cb, self, NULL);
  soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  if (self->base_url == NULL)
    {
      uris = soup_server_get_uris (self->server);
      self->base_url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
    }
}

void
yj_test_platform_close (YjTestPlatform *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

void
yj_test_platform_release (YjTestPlatform *self)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      answer_submit (self, g_ptr_array_index (self->held, i));
      soup_server_message_unpause (g_ptr_array_index (self->held, i));
    }
  g_ptr_array_set_size (self->held, 0);
}

void
yj_test_platform_free (YjTestPlatform *self)
{
  if (self->server != NULL)
    yj_test_platform_close (self);
  g_ptr_array_unref (self->posts);
  g_ptr_array_unref (self->chats);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->streams);
  g_clear_pointer (&self->video, g_bytes_unref);
  g_clear_pointer (&self->cover, g_bytes_unref);
  g_free (self->submit_body);
  g_free (self->poll_body);
  g_free (self->chat_body);
  g_free (self->retry_after);
  g_free (self->last_range);
  g_free (self->base_url);
  g_free (self);
}

char *
yj_test_folder (const char *name)
{
  g_autofree char *template = g_strdup_printf ("%s/yj-%s-XXXXXX", g_get_tmp_dir (), name);
  char *made = g_mkdtemp_full (g_steal_pointer (&template), 0700);

  g_assert_nonnull (made);
  return made;
}

static GBytes *
make_media (const char *name,
            const char *pipeline)
{
  g_autofree char *folder = yj_test_folder ("media");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *line = g_strdup_printf ("gst-launch-1.0 -q %s ! filesink location=%s", pipeline, path);
  g_autoptr(GError) error = NULL;
  char *data;
  gsize length;
  int status;

  g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_rmdir (folder);

  return g_bytes_new_take (data, length);
}

GBytes *
yj_test_video (void)
{
  static GBytes *video;

  if (video == NULL)
    video = make_media ("video.mp4", "videotestsrc pattern=snow num-buffers=30 ! video/x-raw,width=320,height=240,framerate=30/1 "
                        "! x264enc ! mp4mux");
  return g_bytes_ref (video);
}

GBytes *
yj_test_cover (void)
{
  static GBytes *cover;

  if (cover == NULL)
    cover = make_media ("cover.jpeg", "videotestsrc num-buffers=1 ! video/x-raw,width=640,height=480 ! jpegenc");
  return g_bytes_ref (cover);
}

GBytes *
yj_test_sound (void)
{
  static GBytes *sound;

  if (sound == NULL)
    sound = make_media ("sound.wav", "audiotestsrc num-buffers=20 ! wavenc");
  return g_bytes_ref (sound);
}

char *
yj_test_write_picture (const char *folder,
                       const char *name)
{
  g_autoptr(GBytes) cover = yj_test_cover ();
  char *path = g_build_filename (folder, name, NULL);
  gsize length;
  const char *data = g_bytes_get_data (cover, &length);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  return path;
}
