/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-message"

#include "yj-message-private.h"

/**
 * YjMessage:
 *
 * One message of a [class@Yj.Conversation]: a question or an answer, with what is known of how it was made.
 *
 * Its text and reasoning only grow, by [method@Yj.Message.append]; all else is set as properties and written when
 * [method@Yj.Library.save_message] is called.
 */

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
  PROP_REASONING_US,
  PROP_STALLED,
  PROP_USAGE_ID,
  PROP_CONTINUED,
  PROP_SIBLING,
  PROP_N_SIBLINGS,
  PROP_N_HIDDEN,
  PROP_HISTORY_BEGINS,
} YjMessageProps;

static GParamSpec *props[PROP_HISTORY_BEGINS + 1];

G_DEFINE_FINAL_TYPE (YjMessage, yj_message, G_TYPE_OBJECT)

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
    case PROP_REASONING_US:
      g_value_set_int64 (value, self->reasoning_us);
      break;
    case PROP_STALLED:
      g_value_set_boolean (value, self->stalled);
      break;
    case PROP_USAGE_ID:
      g_value_set_string (value, self->usage_id);
      break;
    case PROP_CONTINUED:
      g_value_set_uint (value, self->continued);
      break;
    case PROP_SIBLING:
      g_value_set_uint (value, self->sibling);
      break;
    case PROP_N_SIBLINGS:
      g_value_set_uint (value, self->n_siblings);
      break;
    case PROP_N_HIDDEN:
      g_value_set_uint (value, self->n_hidden);
      break;
    case PROP_HISTORY_BEGINS:
      g_value_set_boolean (value, self->history_begins);
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
set_state (YjMessage    *self,
           const GValue *value,
           GParamSpec   *pspec)
{
  /* One that goes on has to be known as such in the file before what is added to it. */
  if (g_value_get_int (value) == YJ_MESSAGE_STREAMING && self->state != YJ_MESSAGE_STREAMING)
    self->torn = TRUE;
  set_int (self, &self->state, value, pspec);
}

static void
set_uint (YjMessage  *self,
          guint      *field,
          guint       value,
          GParamSpec *pspec)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_history_begins (YjMessage  *self,
                    gboolean    begins,
                    GParamSpec *pspec)
{
  if (self->history_begins == begins)
    return;
  self->history_begins = begins;
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
      set_state (self, value, pspec);
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
    case PROP_REASONING_US:
      set_int64 (self, &self->reasoning_us, value, pspec);
      break;
    case PROP_STALLED:
      if (self->stalled == g_value_get_boolean (value))
        break;
      self->stalled = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_USAGE_ID:
      set_string (self, &self->usage_id, value, pspec);
      break;
    case PROP_CONTINUED:
      set_uint (self, &self->continued, g_value_get_uint (value), pspec);
      break;
    case PROP_HISTORY_BEGINS:
      set_history_begins (self, g_value_get_boolean (value), pspec);
      break;
    case PROP_SIBLING:
    case PROP_N_SIBLINGS:
    case PROP_N_HIDDEN:
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
  props[PROP_REASONING_US] = g_param_spec_int64 ("reasoning-us", NULL, NULL, -1, G_MAXINT64, -1, write);
  props[PROP_STALLED] = g_param_spec_boolean ("stalled", NULL, NULL, FALSE, write);
  props[PROP_USAGE_ID] = g_param_spec_string ("usage-id", NULL, NULL, NULL, write);
  props[PROP_CONTINUED] = g_param_spec_uint ("continued", NULL, NULL, 0, G_MAXUINT, 0, write);
  props[PROP_SIBLING] = g_param_spec_uint ("sibling", NULL, NULL, 1, G_MAXUINT, 1, read);
  props[PROP_N_SIBLINGS] = g_param_spec_uint ("n-siblings", NULL, NULL, 1, G_MAXUINT, 1, read);
  props[PROP_N_HIDDEN] = g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_HISTORY_BEGINS] = g_param_spec_boolean ("history-begins", NULL, NULL, FALSE, write);
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
  self->reasoning_us = -1;
  self->sibling = 1;
  self->n_siblings = 1;
}

/* ---------------------------------------------------------------- for the library */

void
yj_message_set_stored (YjMessage *self)
{
  if (self->stored)
    return;
  self->stored = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ID]);
}

/* Which of how many messages below its parent it is, and how many more the others hide. */
void
yj_message_set_siblings (YjMessage *self,
                         guint      sibling,
                         guint      n_siblings,
                         guint      n_hidden)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_uint (self, &self->sibling, sibling, props[PROP_SIBLING]);
  set_uint (self, &self->n_siblings, n_siblings, props[PROP_N_SIBLINGS]);
  set_uint (self, &self->n_hidden, n_hidden, props[PROP_N_HIDDEN]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* ---------------------------------------------------------------- for everybody */

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
