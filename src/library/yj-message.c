/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-message"

#include "yj-conversation-private.h"

/**
 * YjMessage:
 *
 * One message of a [class@Yj.Conversation]: a question or an answer, with what is known of how it was made.
 *
 * Its text and reasoning only grow, by [method@Yj.Message.append]; all else is set as properties and written when
 * [method@Yj.Library.save_message] is called.
 */
struct _YjMessage
{
  GObject         parent_instance;
  gint64          key;
  gint64          conversation;
  gint64          parent;
  gboolean        stored;
  YjMessageRole   role;
  int             state;                /* a YjMessageState */
  GString        *text;
  GString        *reasoning;
  gsize           text_written;         /* bytes given to the library so far */
  gsize           reasoning_written;
  gboolean        torn;                 /* the file may miss some of them */
  char           *model;
  char           *error;
  int             error_code;
  gint64          created;
  gint64          prompt_tokens;
  gint64          completion_tokens;
  gint64          cached_tokens;
  gint64          first_token_us;
  gint64          duration_us;
  char           *usage_id;
};

typedef enum
{
  PROP_ID = 1,
  PROP_ROLE,
  PROP_STATE,
  PROP_TEXT,
  PROP_REASONING,
  PROP_MODEL,
  PROP_ERROR,
  PROP_ERROR_CODE,
  PROP_CREATED,
  PROP_PROMPT_TOKENS,
  PROP_COMPLETION_TOKENS,
  PROP_CACHED_TOKENS,
  PROP_FIRST_TOKEN_US,
  PROP_DURATION_US,
  PROP_USAGE_ID,
} YjMessageProps;

static GParamSpec *props[PROP_USAGE_ID + 1];

G_DEFINE_FINAL_TYPE (YjMessage, yj_message, G_TYPE_OBJECT)

/* ---------------------------------------------------------------- names in the file */

static const char * const roles[] = { "user", "assistant" };
static const char * const states[] = { "streaming", "complete", "stopped", "cut", "failed" };

const char *
yj_message_role_to_string (YjMessageRole role)
{
  return roles[role];
}

const char *
yj_message_state_to_string (YjMessageState state)
{
  return states[state];
}

YjMessageRole
yj_message_role_from_string (const char *string)
{
  return g_strcmp0 (string, roles[YJ_MESSAGE_USER]) == 0 ? YJ_MESSAGE_USER : YJ_MESSAGE_ASSISTANT;
}

/* A word that we do not know comes from a damaged file: what is there is shown as cut. */
YjMessageState
yj_message_state_from_string (const char *string)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (string, states[i]) == 0)
      return i;
  return YJ_MESSAGE_CUT;
}

/* ---------------------------------------------------------------- rows */

YjMessageRow *
yj_message_row_new (void)
{
  YjMessageRow *row = g_new0 (YjMessageRow, 1);

  row->text = g_string_new (NULL);
  row->reasoning = g_string_new (NULL);
  return row;
}

void
yj_message_row_free (YjMessageRow *row)
{
  g_string_free (row->text, TRUE);
  g_string_free (row->reasoning, TRUE);
  g_free (row->model);
  g_free (row->error);
  g_free (row->usage_id);
  g_free (row);
}

/* Takes what @row holds. */
YjMessage *
yj_message_new_from_row (YjMessageRow *row)
{
  YjMessage *self = g_object_new (YJ_TYPE_MESSAGE, NULL);

  self->key = row->id;
  self->conversation = row->conversation;
  self->parent = row->parent;
  self->role = row->role;
  self->state = row->state;
  g_string_append_len (self->text, row->text->str, row->text->len);
  g_string_append_len (self->reasoning, row->reasoning->str, row->reasoning->len);
  self->model = g_strdup (row->model);
  self->error = g_strdup (row->error);
  self->error_code = row->error_code;
  self->created = row->created;
  self->prompt_tokens = row->prompt_tokens;
  self->completion_tokens = row->completion_tokens;
  self->cached_tokens = row->cached_tokens;
  self->first_token_us = row->first_token_us;
  self->duration_us = row->duration_us;
  self->usage_id = g_strdup (row->usage_id);
  return self;
}

gint64
yj_message_get_key (YjMessage *self)
{
  return self->key;
}

void
yj_message_set_stored (YjMessage *self)
{
  if (self->stored)
    return;
  self->stored = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ID]);
}

void
yj_message_set_torn (YjMessage *self)
{
  self->torn = TRUE;
}

/* What stands in @into, if anything, ends where @text was written up to. */
static void
take_text (GString  *into,
           gsize    *start,
           GString  *text,
           gsize    *written,
           gboolean  whole)
{
  if (whole)
    g_string_truncate (into, 0);
  if (into->len == 0)
    *start = whole ? 0 : *written;
  g_string_append_len (into, text->str + *start + into->len, text->len - *start - into->len);
  *written = text->len;
}

void
yj_message_take_changes (YjMessage    *self,
                         YjMessageRow *row)
{
  gboolean whole = row->whole || self->torn || self->state != YJ_MESSAGE_STREAMING || self->text_written + self->reasoning_written == 0;

  row->id = self->key;
  row->conversation = self->conversation;
  row->parent = self->parent;
  row->role = self->role;
  row->state = self->state;
  row->whole = whole;
  take_text (row->text, &row->text_start, self->text, &self->text_written, whole);
  take_text (row->reasoning, &row->reasoning_start, self->reasoning, &self->reasoning_written, whole);
  g_set_str (&row->model, self->model);
  g_set_str (&row->error, self->error);
  row->error_code = self->error_code;
  row->created = self->created;
  row->prompt_tokens = self->prompt_tokens;
  row->completion_tokens = self->completion_tokens;
  row->cached_tokens = self->cached_tokens;
  row->first_token_us = self->first_token_us;
  row->duration_us = self->duration_us;
  g_set_str (&row->usage_id, self->usage_id);
  self->torn = FALSE;
}

/* ---------------------------------------------------------------- the object */

static void
yj_message_finalize (GObject *object)
{
  YjMessage *self = YJ_MESSAGE (object);

  g_string_free (self->text, TRUE);
  g_string_free (self->reasoning, TRUE);
  g_free (self->model);
  g_free (self->error);
  g_free (self->usage_id);

  G_OBJECT_CLASS (yj_message_parent_class)->finalize (object);
}

static void
yj_message_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  YjMessage *self = YJ_MESSAGE (object);

  switch ((YjMessageProps) prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, yj_message_get_id (self));
      break;
    case PROP_ROLE:
      g_value_set_int (value, self->role);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text->str);
      break;
    case PROP_REASONING:
      g_value_set_string (value, self->reasoning->str);
      break;
    case PROP_MODEL:
      g_value_set_string (value, self->model);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_ERROR_CODE:
      g_value_set_int (value, self->error_code);
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, self->created);
      break;
    case PROP_PROMPT_TOKENS:
      g_value_set_int64 (value, self->prompt_tokens);
      break;
    case PROP_COMPLETION_TOKENS:
      g_value_set_int64 (value, self->completion_tokens);
      break;
    case PROP_CACHED_TOKENS:
      g_value_set_int64 (value, self->cached_tokens);
      break;
    case PROP_FIRST_TOKEN_US:
      g_value_set_int64 (value, self->first_token_us);
      break;
    case PROP_DURATION_US:
      g_value_set_int64 (value, self->duration_us);
      break;
    case PROP_USAGE_ID:
      g_value_set_string (value, self->usage_id);
      break;
    }
}

static void
set_string (YjMessage    *self,
            char        **field,
            const GValue *value,
            GParamSpec   *pspec)
{
  if (g_set_str (field, g_value_get_string (value)))
    g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_int (YjMessage    *self,
         int          *field,
         const GValue *value,
         GParamSpec   *pspec)
{
  if (*field == g_value_get_int (value))
    return;
  *field = g_value_get_int (value);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_int64 (YjMessage    *self,
           gint64       *field,
           const GValue *value,
           GParamSpec   *pspec)
{
  if (*field == g_value_get_int64 (value))
    return;
  *field = g_value_get_int64 (value);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
yj_message_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  YjMessage *self = YJ_MESSAGE (object);

  switch ((YjMessageProps) prop_id)
    {
    case PROP_STATE:
      set_int (self, &self->state, value, pspec);
      break;
    case PROP_MODEL:
      set_string (self, &self->model, value, pspec);
      break;
    case PROP_ERROR:
      set_string (self, &self->error, value, pspec);
      break;
    case PROP_ERROR_CODE:
      set_int (self, &self->error_code, value, pspec);
      break;
    case PROP_PROMPT_TOKENS:
      set_int64 (self, &self->prompt_tokens, value, pspec);
      break;
    case PROP_COMPLETION_TOKENS:
      set_int64 (self, &self->completion_tokens, value, pspec);
      break;
    case PROP_CACHED_TOKENS:
      set_int64 (self, &self->cached_tokens, value, pspec);
      break;
    case PROP_FIRST_TOKEN_US:
      set_int64 (self, &self->first_token_us, value, pspec);
      break;
    case PROP_DURATION_US:
      set_int64 (self, &self->duration_us, value, pspec);
      break;
    case PROP_USAGE_ID:
      set_string (self, &self->usage_id, value, pspec);
      break;
    case PROP_ID:
    case PROP_ROLE:
    case PROP_TEXT:
    case PROP_REASONING:
    case PROP_CREATED:
      g_assert_not_reached ();
    }
}

static void
yj_message_class_init (YjMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = yj_message_finalize;
  object_class->get_property = yj_message_get_property;
  object_class->set_property = yj_message_set_property;

  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_ROLE] = g_param_spec_int ("role", NULL, NULL, YJ_MESSAGE_USER, YJ_MESSAGE_ASSISTANT, YJ_MESSAGE_USER, read);
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, YJ_MESSAGE_STREAMING, YJ_MESSAGE_FAILED, YJ_MESSAGE_COMPLETE, write);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", read);
  props[PROP_REASONING] = g_param_spec_string ("reasoning", NULL, NULL, "", read);
  props[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, NULL, write);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, write);
  props[PROP_ERROR_CODE] = g_param_spec_int ("error-code", NULL, NULL, -1, G_MAXINT, -1, write);
  props[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_PROMPT_TOKENS] = g_param_spec_int64 ("prompt-tokens", NULL, NULL, -1, G_MAXINT64, -1, write);
  props[PROP_COMPLETION_TOKENS] = g_param_spec_int64 ("completion-tokens", NULL, NULL, -1, G_MAXINT64, -1, write);
  props[PROP_CACHED_TOKENS] = g_param_spec_int64 ("cached-tokens", NULL, NULL, -1, G_MAXINT64, -1, write);
  props[PROP_FIRST_TOKEN_US] = g_param_spec_int64 ("first-token-us", NULL, NULL, -1, G_MAXINT64, -1, write);
  props[PROP_DURATION_US] = g_param_spec_int64 ("duration-us", NULL, NULL, -1, G_MAXINT64, -1, write);
  props[PROP_USAGE_ID] = g_param_spec_string ("usage-id", NULL, NULL, NULL, write);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_message_init (YjMessage *self)
{
  self->state = YJ_MESSAGE_COMPLETE;
  self->text = g_string_new (NULL);
  self->reasoning = g_string_new (NULL);
  self->error_code = -1;
  self->prompt_tokens = -1;
  self->completion_tokens = -1;
  self->cached_tokens = -1;
  self->first_token_us = -1;
  self->duration_us = -1;
}

/* ---------------------------------------------------------------- for everybody */

/**
 * yj_message_get_id:
 * @self: a message
 *
 * Returns: the id of its row (`messages.id`), 0 until it is stored
 */
gint64
yj_message_get_id (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->stored ? self->key : 0;
}

/**
 * yj_message_get_role:
 * @self: a message
 *
 * Returns: whose message it is
 */
YjMessageRole
yj_message_get_role (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), 0);

  return self->role;
}

/**
 * yj_message_get_state:
 * @self: a message
 *
 * Returns: how far it has come; one found as `streaming` in the file is shown as cut
 */
YjMessageState
yj_message_get_state (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), 0);

  return self->state;
}

/**
 * yj_message_get_text:
 * @self: a message
 *
 * Returns: the text so far, UTF-8, never %NULL; valid until it grows
 */
const char *
yj_message_get_text (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->text->str;
}

/**
 * yj_message_get_reasoning:
 * @self: a message
 *
 * Returns: what the model thought aloud so far, never %NULL; valid until it grows
 */
const char *
yj_message_get_reasoning (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->reasoning->str;
}

/**
 * yj_message_get_model:
 * @self: a message
 *
 * Returns: (nullable): the name of the model that answered or was asked
 */
const char *
yj_message_get_model (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->model;
}

/**
 * yj_message_get_error:
 * @self: a message
 *
 * Returns: (nullable): the platform's own words when it failed
 */
const char *
yj_message_get_error (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->error;
}

/**
 * yj_message_get_error_code:
 * @self: a message
 *
 * Returns: a `YjError`, -1 when nothing went wrong
 */
int
yj_message_get_error_code (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->error_code;
}

/**
 * yj_message_get_created:
 * @self: a message
 *
 * Returns: when it was added, µs since 1970, UTC
 */
gint64
yj_message_get_created (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->created;
}

/**
 * yj_message_get_prompt_tokens:
 * @self: a message
 *
 * Returns: tokens of the question, -1: unknown
 */
gint64
yj_message_get_prompt_tokens (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->prompt_tokens;
}

/**
 * yj_message_get_completion_tokens:
 * @self: a message
 *
 * Returns: tokens of the answer, -1: unknown
 */
gint64
yj_message_get_completion_tokens (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->completion_tokens;
}

/**
 * yj_message_get_cached_tokens:
 * @self: a message
 *
 * Returns: tokens of the question that the platform had in its cache, -1: unknown
 */
gint64
yj_message_get_cached_tokens (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->cached_tokens;
}

/**
 * yj_message_get_first_token_us:
 * @self: a message
 *
 * Returns: µs from sending to the first text, -1: unknown
 */
gint64
yj_message_get_first_token_us (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->first_token_us;
}

/**
 * yj_message_get_duration_us:
 * @self: a message
 *
 * Returns: µs from sending to the last byte, -1: unknown
 */
gint64
yj_message_get_duration_us (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), -1);

  return self->duration_us;
}

/**
 * yj_message_get_usage_id:
 * @self: a message
 *
 * Returns: (nullable): the platform's id of this use (`llmusageid`)
 */
const char *
yj_message_get_usage_id (YjMessage *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE (self), NULL);

  return self->usage_id;
}

static gboolean
append_valid (GString    *into,
              const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  if (g_utf8_validate (text, -1, NULL))
    g_string_append (into, text);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      g_string_append (into, valid);
    }
  return TRUE;
}

/**
 * yj_message_append:
 * @self: a message
 * @text: (nullable): more of the text
 * @reasoning: (nullable): more of the reasoning
 *
 * Lets the message grow. Bytes that are no UTF-8 become U+FFFD. Nothing is written before
 * [method@Yj.Library.save_message].
 */
void
yj_message_append (YjMessage  *self,
                   const char *text,
                   const char *reasoning)
{
  g_return_if_fail (YJ_IS_MESSAGE (self));

  if (append_valid (self->reasoning, reasoning))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASONING]);
  if (append_valid (self->text, text))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}
