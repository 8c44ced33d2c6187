/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-server.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "yj-catalog.h"
#include "yj-sandbox-chat.h"
#include "yj-sandbox-contract.h"
#include "yj-sandbox-folder.h"
#include "yj-sandbox-form.h"
#include "yj-sandbox-job.h"
#include "yj-sandbox-json.h"
#include "yj-sandbox-lists.h"
#include "yj-sandbox-question.h"
#include "yj-sandbox-reply.h"

#define JSON "application/json"
#define TEXT "text/plain; charset=utf-8"

struct _YjSandboxServer
{
  GObject             parent_instance;
  SoupServer         *soup;
  YjCatalog          *catalog;
  YjSandboxJobs      *jobs;
  YjSandboxFaultList *faults;
  char               *key;
  char               *base_url;
  char               *folder;           /* everything on disk is in it */
  int                 lock;             /* says that it is in use */
  double              speed;
  guint               folders;          /* made so far */
};

G_DEFINE_FINAL_TYPE (YjSandboxServer, yj_sandbox_server, G_TYPE_OBJECT)

typedef struct _Exchange Exchange;

typedef struct
{
  const char *path;
  const char *method;
  const char *kind;             /* of faults */
  gboolean    open;             /* needs no key */
  gboolean    has_body;
  void      (*answer) (Exchange *exchange);
} Route;

/* One request and what is known of it. */
struct _Exchange
{
  YjSandboxServer   *server;
  SoupServerMessage *message;   /* borrowed: it owns the exchange */
  const Route       *route;     /* NULL: no such address */
  gboolean           wrong_method;
  GHashTable        *query;     /* or NULL */
  YjSandboxFaults   *faults;
  YjSandboxForm     *form;      /* the body, or NULL */
  char              *folder;    /* of its files, removed unless a job took it */
  gint64             received;  /* bytes of the body */
  gint64             cut_after; /* -1: never */
};

static void
exchange_free (Exchange *exchange)
{
  if (exchange->folder != NULL)
    yj_sandbox_folder_remove (exchange->folder);
  g_free (exchange->folder);
  g_clear_pointer (&exchange->form, yj_sandbox_form_free);
  g_clear_pointer (&exchange->faults, yj_sandbox_faults_unref);
  g_free (exchange);
}

static void
refuse (Exchange   *exchange,
        guint       status,
        const char *message)
{
  g_autofree char *json = yj_sandbox_json_error (message);

  yj_sandbox_reply_text (exchange->message, exchange->faults, status, JSON, json);
}

static void
answer_json (Exchange   *exchange,
             const char *json)
{
  g_autofree char *broken = NULL;

  if (yj_sandbox_faults_has (exchange->faults, "malformed-json"))
    json = broken = g_strndup (json, strlen (json) * 2 / 3);
  yj_sandbox_reply_text (exchange->message, exchange->faults, SOUP_STATUS_OK, JSON, json);
}

static const char *
get_query (Exchange   *exchange,
           const char *name)
{
  return exchange->query != NULL ? g_hash_table_lookup (exchange->query, name) : NULL;
}

/* ---- the calls */

static void
answer_root (Exchange *exchange)
{
  yj_sandbox_reply_text (exchange->message, exchange->faults, SOUP_STATUS_OK, TEXT,
                         "This is the Yuanjing sandbox: a local imitation of the platform's API, for trying and testing the\n"
                         "Yuanjing app without an account. There is no AI behind it. Chat answers are written by a program;\n"
                         "videos are rendered on this computer from what was sent, and say so in every frame.\n\n"
                         "这是元境的本地沙盒：在本机模仿平台接口，没有人工智能。\n");
}

static void
start_chat (Exchange   *exchange,
            JsonObject *body)
{
  YjSandboxQuestion question;
  const char *message = yj_sandbox_question_read (&question, body);
  YjSandboxChat *chat;

  if (message != NULL)
    {
      refuse (exchange, SOUP_STATUS_BAD_REQUEST, message);
      return;
    }
  chat = yj_sandbox_chat_new (&question, exchange->server->speed, exchange->faults);
  if (question.stream)
    yj_sandbox_reply_stream (exchange->message, exchange->faults, "text/event-stream",
                             yj_sandbox_chat_next, chat, (GDestroyNotify) yj_sandbox_chat_free);
  else
    {
      g_autofree char *json = yj_sandbox_chat_whole (chat);

      answer_json (exchange, json);
      yj_sandbox_chat_free (chat);
    }
}

static void
answer_chat (Exchange *exchange)
{
  guint status;
  g_autofree char *message = NULL;

  if (!yj_sandbox_form_is_json (exchange->form))
    refuse (exchange, SOUP_STATUS_BAD_REQUEST, "Content-Type must be application/json");
  else if (!yj_sandbox_form_finish (exchange->form, &status, &message))
    refuse (exchange, status, message);
  else
    start_chat (exchange, yj_sandbox_form_get_object (exchange->form));
}

static YjSandboxJob *
submit (Exchange *exchange,
        gboolean  by_name)
{
  YjSandboxServer *self = exchange->server;
  g_autoptr(YjSandboxOrder) order = NULL;
  g_autofree char *message = NULL;
  guint status;

  if (!yj_sandbox_form_finish (exchange->form, &status, &message))
    {
      if (status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE)
        yj_sandbox_reply_text (exchange->message, exchange->faults, status, TEXT, message);
      else
        refuse (exchange, status, message);
      return NULL;
    }
  order = yj_sandbox_order_new (self->catalog, exchange->form, by_name, &message);
  if (order == NULL)
    {
      refuse (exchange, SOUP_STATUS_BAD_REQUEST, message);
      return NULL;
    }
  order->spec->folder = g_steal_pointer (&exchange->folder);

  return yj_sandbox_jobs_submit (self->jobs, g_steal_pointer (&order->spec), yj_model_get_name (order->model),
                                 order->off_peak, exchange->faults);
}

static void
answer_submit (Exchange *exchange)
{
  YjSandboxJob *job = submit (exchange, FALSE);
  g_autofree char *json = NULL;

  if (job == NULL)
    return;
  json = g_strdup_printf ("{\"taskid\": \"%s\", \"status\": \"created\"}", yj_sandbox_job_get_id (job));
  answer_json (exchange, json);
}

/* The later route: by the model's name, without an llmid. */
static void
answer_generate (Exchange *exchange)
{
  YjSandboxJob *job = submit (exchange, TRUE);
  g_autofree char *model = NULL;
  g_autofree char *json = NULL;

  if (job == NULL)
    return;
  model = yj_sandbox_json_quote (yj_sandbox_form_get_text (exchange->form, "model"), FALSE);
  json = g_strdup_printf ("{\"id\": \"%s\", \"object\": \"video.generation\", \"model\": %s, \"status\": \"submitted\", "
                          "\"taskid\": \"%s\", \"created\": %" G_GINT64_FORMAT "}", yj_sandbox_job_get_id (job), model,
                          yj_sandbox_job_get_id (job), g_get_real_time () / G_USEC_PER_SEC);
  answer_json (exchange, json);
}

static char *
describe_task (Exchange *exchange)
{
  const char *id = get_query (exchange, "taskid");
  YjSandboxJob *job = yj_sandbox_jobs_find (exchange->server->jobs, id);
  g_autofree char *message = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *quoted = NULL;

  if (job != NULL)
    return yj_sandbox_job_to_json (job, exchange->server->base_url);
  message = g_strdup_printf ("taskid=%s not exist", id);
  valid = g_utf8_make_valid (message, -1);
  quoted = yj_sandbox_json_quote (valid, FALSE);

  return g_strdup_printf ("{\"status\": \"FAILED\", \"error\": %s}", quoted);
}

static void
answer_task (Exchange *exchange)
{
  g_autofree char *json = NULL;

  if (get_query (exchange, "taskid") == NULL)
    {
      refuse (exchange, SOUP_STATUS_BAD_REQUEST, "Missing required parameter: taskid");
      return;
    }
  json = describe_task (exchange);
  answer_json (exchange, json);
}

/* The later route: the same, wrapped. */
static void
answer_wrapped_task (Exchange *exchange)
{
  g_autofree char *inner = NULL;
  g_autofree char *json = NULL;

  if (get_query (exchange, "taskid") == NULL)
    {
      refuse (exchange, SOUP_STATUS_BAD_REQUEST, "Missing required parameter: taskid");
      return;
    }
  inner = describe_task (exchange);
  json = g_strdup_printf ("{\"status\": \"ok\", \"data\": %s}", inner);
  answer_json (exchange, json);
}

static void
answer_file (Exchange *exchange)
{
  const char *path = get_query (exchange, "path");
  g_autofree char *file = path != NULL ? yj_sandbox_jobs_find_file (exchange->server->jobs, path) : NULL;
  const char *type;

  if (file == NULL)
    {
      yj_sandbox_reply_text (exchange->message, exchange->faults, SOUP_STATUS_NOT_FOUND, TEXT, "404: Not Found");
      return;
    }
  type = g_str_has_suffix (file, ".jpeg") ? "image/jpeg" : g_str_has_suffix (file, ".webm") ? "video/webm" : "video/mp4";
  yj_sandbox_reply_file (exchange->message, exchange->faults, file, type);
}

static void
answer_models (Exchange *exchange)
{
  g_autofree char *json = yj_sandbox_list_models (exchange->server->catalog, get_query (exchange, "catelogid"));

  answer_json (exchange, json);
}

static void
answer_catalogue (Exchange *exchange)
{
  g_autofree char *json = yj_sandbox_list_rows (exchange->server->catalog, get_query (exchange, "catelogid"));

  answer_json (exchange, json);
}

static const Route routes[] = {
  { "/", "GET", "models", TRUE, FALSE, answer_root },
  { "/llmage/v1/chat/completions", "POST", "chat", FALSE, TRUE, answer_chat },
  { "/llmage/video", "POST", "submit", FALSE, TRUE, answer_submit },
  { "/llmage/v1/video/generations", "POST", "submit", FALSE, TRUE, answer_generate },
  { "/llmage/tasks", "GET", "tasks", FALSE, FALSE, answer_task },
  { "/llmage/v1/tasks", "GET", "tasks", FALSE, FALSE, answer_wrapped_task },
  { "/llmage/v1/models", "GET", "models", FALSE, FALSE, answer_models },
  { "/llmage/v1/models/catelog.dspy", "GET", "models", FALSE, FALSE, answer_catalogue },
  { "/idfile", "GET", "file", TRUE, FALSE, answer_file },
};

/* ---- every request */

static gboolean
has_key (Exchange *exchange)
{
  const char *given = soup_message_headers_get_one (soup_server_message_get_request_headers (exchange->message), "Authorization");
  g_autofree char *wanted = g_strconcat ("Bearer ", exchange->server->key, NULL);

  return g_strcmp0 (given, wanted) == 0;
}

/* What a fault answers instead of us; FALSE when none does. */
static gboolean
answer_fault (Exchange *exchange)
{
  YjSandboxFaults *faults = exchange->faults;
  gint64 status = yj_sandbox_faults_get_int (faults, "status", 500);
  const char *body = yj_sandbox_faults_get (faults, "body");
  const char *redirect = yj_sandbox_faults_get (faults, "redirect");

  if (redirect != NULL)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (exchange->message), "Location",
                                    *redirect != '\0' ? redirect : "/");
      yj_sandbox_reply_text (exchange->message, faults, status >= 0 ? status : SOUP_STATUS_FOUND, TEXT, "Moved");
    }
  else if (yj_sandbox_faults_has (faults, "html"))
    yj_sandbox_reply_text (exchange->message, faults, status >= 0 ? status : SOUP_STATUS_BAD_GATEWAY, "text/html",
                           "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
                           "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
  else if (yj_sandbox_faults_has (faults, "balance"))
    refuse (exchange, 429, "Insufficient balance");
  else if (body != NULL)
    yj_sandbox_reply_text (exchange->message, faults, status >= 0 ? status : SOUP_STATUS_OK, JSON, body);
  else if (status >= 0)
    refuse (exchange, status, "The fault that was asked for");
  else
    return FALSE;

  return TRUE;
}

static void
handle_cb (SoupServer        *soup,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Exchange *exchange = g_object_get_data (G_OBJECT (message), "exchange");

  g_return_if_fail (exchange != NULL);
  exchange->query = query;
  if (exchange->route == NULL)
    refuse (exchange, exchange->wrong_method ? SOUP_STATUS_METHOD_NOT_ALLOWED : SOUP_STATUS_NOT_FOUND,
            exchange->wrong_method ? "Method not allowed" : "Not found");
  else if (answer_fault (exchange))
    ;
  else if (!exchange->route->open && !has_key (exchange))
    refuse (exchange, SOUP_STATUS_UNAUTHORIZED, "Invalid API Key");
  else
    exchange->route->answer (exchange);
  exchange->query = NULL;
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           user_data)
{
  Exchange *exchange = user_data;
  gsize size;
  const guint8 *data = g_bytes_get_data (chunk, &size);

  exchange->received += size;
  if (exchange->cut_after >= 0 && exchange->received >= exchange->cut_after)
    yj_sandbox_reply_cut (message);
  else if (exchange->form != NULL)
    yj_sandbox_form_feed (exchange->form, data, size);
}

static void
find_route (Exchange   *exchange,
            const char *path)
{
  const char *method = soup_server_message_get_method (exchange->message);

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_strcmp0 (routes[i].path, path) == 0)
      {
        if (g_strcmp0 (method, routes[i].method) == 0 || (g_strcmp0 (method, "HEAD") == 0 && !routes[i].has_body))
          exchange->route = &routes[i];
        else
          exchange->wrong_method = TRUE;
      }
}

/* When the headers are there, and before the body. */
static void
early_cb (SoupServer        *soup,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  YjSandboxServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Exchange *exchange = g_new0 (Exchange, 1);
  g_autoptr(GError) error = NULL;

  exchange->server = self;
  exchange->message = message;
  g_object_set_data_full (G_OBJECT (message), "exchange", exchange, (GDestroyNotify) exchange_free);
  find_route (exchange, path);
  exchange->faults = yj_sandbox_faults_new (self->faults, exchange->route != NULL ? exchange->route->kind : "",
                                            soup_message_headers_get_one (headers, "X-Sandbox-Fault"), &error);
  if (exchange->faults == NULL)
    {
      exchange->faults = yj_sandbox_faults_new (self->faults, "", NULL, NULL);
      refuse (exchange, SOUP_STATUS_BAD_REQUEST, error->message);
    }
  exchange->cut_after = yj_sandbox_faults_get_int (exchange->faults, "cut-request-after", 0);

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), exchange);
  if (exchange->route != NULL && exchange->route->has_body)
    {
      exchange->folder = g_strdup_printf ("%s/%u", self->folder, ++self->folders);
      g_mkdir (exchange->folder, 0700);
      exchange->form = yj_sandbox_form_new (soup_message_headers_get_one (headers, "Content-Type"), exchange->folder);
    }
}

/* ---- the object */

static void
yj_sandbox_server_finalize (GObject *object)
{
  YjSandboxServer *self = YJ_SANDBOX_SERVER (object);

  yj_sandbox_server_stop (self);
  g_clear_object (&self->catalog);
  g_free (self->key);
  g_free (self->base_url);

  G_OBJECT_CLASS (yj_sandbox_server_parent_class)->finalize (object);
}

static void
yj_sandbox_server_class_init (YjSandboxServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_sandbox_server_finalize;
}

static void
yj_sandbox_server_init (YjSandboxServer *self)
{
  self->lock = -1;
}

/**
 * yj_sandbox_server_new:
 * @key: (nullable): the only key that is taken; %NULL: a random one
 * @speed: how many times faster than by default tokens come and jobs go
 * @faults: what is to go wrong; must live as long as the server
 *
 * Returns: (transfer full): a server that does not listen yet
 */
YjSandboxServer *
yj_sandbox_server_new (const char         *key,
                       double              speed,
                       YjSandboxFaultList *faults)
{
  YjSandboxServer *self = g_object_new (YJ_TYPE_SANDBOX_SERVER, NULL);
  g_autofree char *uuid = g_uuid_string_random ();

  self->key = key != NULL ? g_strdup (key) : g_strconcat ("sk-sandbox-", uuid, NULL);
  self->speed = speed;
  self->faults = faults;
  self->catalog = yj_catalog_new ();
  self->jobs = yj_sandbox_jobs_new (speed);

  return self;
}

/**
 * yj_sandbox_server_listen:
 * @self: a server
 * @port: 0: any free one
 * @error: the place for an error
 *
 * Returns: whether the server listens
 */
gboolean
yj_sandbox_server_listen (YjSandboxServer  *self,
                          guint             port,
                          GError          **error)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  GSList *uris;

  yj_sandbox_folder_sweep ();
  self->folder = yj_sandbox_folder_new (&self->lock, error);
  if (self->folder == NULL)
    return FALSE;
  self->soup = soup_server_new ("server-header", "yuanjing-sandbox", NULL);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
  if (!soup_server_listen (self->soup, address, 0, error))
    return FALSE;
  uris = soup_server_get_uris (self->soup);
  self->base_url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

/**
 * yj_sandbox_server_get_base_url:
 * @self: a server that listens
 *
 * Returns: (transfer none): `http://127.0.0.1:PORT`
 */
const char *
yj_sandbox_server_get_base_url (YjSandboxServer *self)
{
  return self->base_url;
}

/**
 * yj_sandbox_server_get_key:
 * @self: a server
 *
 * Returns: (transfer none): the key that is taken
 */
const char *
yj_sandbox_server_get_key (YjSandboxServer *self)
{
  return self->key;
}

/**
 * yj_sandbox_server_stop:
 * @self: a server
 *
 * Stops listening, ends the renderers, removes all files.
 */
void
yj_sandbox_server_stop (YjSandboxServer *self)
{
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_object (&self->jobs);
  if (self->folder != NULL)
    yj_sandbox_folder_remove (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_fd (&self->lock, NULL);
}
