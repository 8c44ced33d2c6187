/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-platform-private.h"

#include "yj-uri.h"

#include <string.h>

/**
 * YjPlatform:
 *
 * The platform at one address with one key.
 *
 * Every call is asynchronous, can be cancelled and fails with %YJ_ERROR (see [error@Yj.Error]), or with a
 * %G_IO_ERROR where a local file is to blame. What is free to ask is asked up to four times; what costs money is sent
 * once, whatever happens. The key goes to the platform's own origin only, in the Authorization header.
 */
struct _YjPlatform
{
  GObject             parent_instance;
  char               *base_url;
  GUri               *base;
  char               *key;
  SoupSession        *session;          /* of the GETs, whose connections are kept */
  YjPlatformPatience  patience;
};

typedef enum
{
  PROP_BASE_URL = 1,
} YjPlatformProps;

static GParamSpec *props[PROP_BASE_URL + 1];

typedef enum
{
  SIGNAL_CHAT_ENDED,
  N_SIGNALS,
} YjPlatformSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjPlatform, yj_platform, G_TYPE_OBJECT)

static const YjPlatformPatience default_patience = {
  .get = { .connect = 30000, .silence = 30000, .total = 60000 },
  .chat = { .connect = 30000, .silence = 600000 },
  .submit = { .connect = 30000, .silence = 300000 },
  .download = { .connect = 30000, .stall = 60000 },
  .tries = 4,
  .back_off = 500,
};

static void
yj_platform_finalize (GObject *object)
{
  YjPlatform *self = YJ_PLATFORM (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->base_url);
  if (self->key != NULL)
    explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);

  G_OBJECT_CLASS (yj_platform_parent_class)->finalize (object);
}

static void
yj_platform_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  YjPlatform *self = YJ_PLATFORM (object);

  switch ((YjPlatformProps) prop_id)
    {
    case PROP_BASE_URL:
      g_value_set_string (value, self->base_url);
      break;
    }
}

static void
yj_platform_class_init (YjPlatformClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yj_platform_finalize;
  object_class->get_property = yj_platform_get_property;

  /**
   * YjPlatform:base-url:
   *
   * The address that all calls are relative to, without a slash at its end.
   */
  props[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * YjPlatform::chat-ended:
   * @self: a platform
   * @stream: an answer of a chat model that has just ended, whoever asked
   *
   * What it used is known now, or never told.
   */
  signals[SIGNAL_CHAT_ENDED] = g_signal_new ("chat-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, YJ_TYPE_CHAT_STREAM);
}

void
yj_platform_tell_chat_ended (YjPlatform   *self,
                             YjChatStream *stream)
{
  g_signal_emit (self, signals[SIGNAL_CHAT_ENDED], 0, stream);
}

static void
yj_platform_init (YjPlatform *self)
{
  self->patience = default_patience;
}

/* A key with anything else in it would leave the header, or the header would be left out. */
static gboolean
is_key (const char *key)
{
  if (key == NULL || *key == '\0')
    return FALSE;
  for (; *key != '\0'; key++)
    if (*key <= ' ' || *key > '~')
      return FALSE;
  return TRUE;
}

/**
 * yj_platform_new:
 * @base_url: the platform's address: https, or http on this machine
 * @key: the API key: visible ASCII characters only
 * @error: return location for an error
 *
 * Nothing is asked yet.
 *
 * Returns: (transfer full): a client, or %NULL with %YJ_ERROR_INVALID_REQUEST for an address that will not do,
 *   %YJ_ERROR_UNAUTHORIZED for text that cannot be a key
 */
YjPlatform *
yj_platform_new (const char  *base_url,
                 const char  *key,
                 GError     **error)
{
  g_autofree char *checked = yj_uri_check_base (base_url, error);
  YjPlatform *self;

  if (checked == NULL)
    return NULL;
  if (!is_key (key))
    {
      g_set_error_literal (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED, "This text cannot be an API key");
      return NULL;
    }
  self = g_object_new (YJ_TYPE_PLATFORM, NULL);
  self->base = yj_uri_parse (checked);
  self->base_url = g_steal_pointer (&checked);
  self->key = g_strdup (key);
  self->session = yj_platform_new_session (self);
  return self;
}

/**
 * yj_platform_get_base_url:
 * @self: a platform
 *
 * Returns: the address that all calls are relative to
 */
const char *
yj_platform_get_base_url (YjPlatform *self)
{
  g_return_val_if_fail (YJ_IS_PLATFORM (self), NULL);

  return self->base_url;
}

/**
 * yj_platform_is_same_origin:
 * @self: a platform
 * @uri: an absolute address
 *
 * Returns: whether scheme, host and port of @uri are the platform's, so that the key may go there
 */
gboolean
yj_platform_is_same_origin (YjPlatform *self,
                            const char *uri)
{
  g_autoptr(GUri) parsed = NULL;

  g_return_val_if_fail (YJ_IS_PLATFORM (self), FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  parsed = yj_uri_parse (uri);
  return parsed != NULL && g_uri_get_userinfo (parsed) == NULL && yj_uri_same_origin (self->base, parsed);
}

/* Lends the limits, to be changed before a call. */
YjPlatformPatience *
yj_platform_get_patience (YjPlatform *self)
{
  return &self->patience;
}

/* Lends the session of the GETs, whose connections are kept open for a minute. */
SoupSession *
yj_platform_get_session (YjPlatform *self)
{
  return self->session;
}

/* A session that does nothing by itself: no unpacking, no cookies, and (see yj_call_send ()) no passwords. It has no time limits either: a call
   has them. */
SoupSession *
yj_platform_new_session (YjPlatform *self)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "Yuanjing/" YJ_VERSION, "timeout", 0,
                                                        "idle-timeout", 60, "max-conns", 64,
                                                        "max-conns-per-host", 64, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

/**
 * yj_platform_new_message:
 * @self: a platform
 * @method: `GET` or `POST`
 * @uri: a path below the platform's address, or an absolute address
 *
 * Returns: (transfer full) (nullable): a request that carries the key if it goes to the platform's origin; %NULL when
 *   @uri is no http(s) address
 */
SoupMessage *
yj_platform_new_message (YjPlatform *self,
                         const char *method,
                         const char *uri)
{
  g_autofree char *whole = *uri == '/' ? g_strconcat (self->base_url, uri, NULL) : g_strdup (uri);
  g_autoptr(GUri) parsed = yj_uri_parse (whole);
  SoupMessage *message;
  SoupMessageHeaders *headers;

  if (parsed == NULL || g_uri_get_userinfo (parsed) != NULL)
    return NULL;
  message = soup_message_new_from_uri (method, parsed);
  headers = soup_message_get_request_headers (message);
  if (yj_uri_same_origin (self->base, parsed))
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->key, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
      explicit_bzero (value, strlen (value));
    }
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  return message;
}

/* A platform that repeats the key in its words would have it in logs and libraries. Takes @error and gives it back. */
GError *
yj_platform_redact (YjPlatform *self,
                    GError     *error)
{
  g_auto(GStrv) parts = NULL;

  /* What is that short is a word, and no secret. */
  if (strlen (self->key) < 6)
    return error;
  parts = g_strsplit (error->message, self->key, -1);
  g_free (error->message);
  error->message = g_strjoinv ("…", parts);
  return error;
}

/**
 * yj_platform_chat:
 * @self: a platform
 * @request: what to ask; borrowed for this call only
 *
 * Asks a language model: `POST /llmage/v1/chat/completions`. Signals come after this function returned.
 *
 * Returns: (transfer full): the answer to come; letting go of it stops it
 */
YjChatStream *
yj_platform_chat (YjPlatform          *self,
                  const YjChatRequest *request)
{
  g_return_val_if_fail (YJ_IS_PLATFORM (self), NULL);
  g_return_val_if_fail (request != NULL && request->prompt != NULL, NULL);

  return yj_chat_stream_new (self, request);
}

/**
 * yj_download_info_free:
 * @info: (transfer full): what a download brought
 *
 * Frees @info.
 */
void
yj_download_info_free (YjDownloadInfo *info)
{
  g_free (info->etag);
  g_free (info->content_type);
  g_free (info);
}

/**
 * yj_remote_model_free:
 * @model: (transfer full): a model
 *
 * Frees @model.
 */
void
yj_remote_model_free (YjRemoteModel *model)
{
  g_free (model->id);
  g_free (model->llmid);
  g_free (model->title);
  g_free (model);
}
