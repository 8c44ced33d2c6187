/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation"

#include "yj-attachment.h"
#include "yj-conversation-object.h"

/**
 * YjConversation:
 *
 * A conversation: a #GListModel of [class@Yj.Message], oldest first, empty until
 * [method@Yj.Library.load_conversation_async] has filled it.
 *
 * Its messages are a tree, as a question may have several versions and several answers. The list is the branch that
 * was chosen last; see [method@Yj.Library.choose_message].
 */

typedef enum
{
  PROP_ID = 1,
  PROP_TITLE,
  PROP_UPDATED,
  PROP_MODEL,
  PROP_SYSTEM_PROMPT,
  PROP_DRAFT,
  PROP_DRAFT_CURSOR,
  PROP_STREAM,
  PROP_LOADED,
  PROP_PINNED,
  PROP_UNREAD,
  PROP_BUSY,
  PROP_TRASHED,
  PROP_WAITING_RESTS,
  PROP_N_ITEMS,
} YjConversationProps;

static GParamSpec *props[PROP_N_ITEMS + 1];

/* ---------------------------------------------------------------- a list of messages */

static GType
get_item_type (GListModel *model)
{
  return YJ_TYPE_MESSAGE;
}

static guint
get_n_items (GListModel *model)
{
  return YJ_CONVERSATION (model)->messages->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  YjConversation *self = YJ_CONVERSATION (model);

  return position < self->messages->len ? g_object_ref (self->messages->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (YjConversation, yj_conversation, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

void
yj_conversation_tell_items (YjConversation *self,
                            guint           position,
                            guint           removed,
                            guint           added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

/* ---------------------------------------------------------------- the object */

static void
yj_conversation_finalize (GObject *object)
{
  YjConversation *self = YJ_CONVERSATION (object);

  g_ptr_array_unref (self->messages);
  yj_message_tree_free (self->tree);
  g_object_unref (self->waiting);
  g_free (self->title);
  g_free (self->model);
  g_free (self->system_prompt);
  g_free (self->draft);
  g_object_unref (self->attachments);

  G_OBJECT_CLASS (yj_conversation_parent_class)->finalize (object);
}

static void
yj_conversation_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YjConversation *self = YJ_CONVERSATION (object);

  switch ((YjConversationProps) prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, yj_conversation_get_id (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_UPDATED:
      g_value_set_int64 (value, self->updated);
      break;
    case PROP_MODEL:
      g_value_set_string (value, self->model);
      break;
    case PROP_SYSTEM_PROMPT:
      g_value_set_string (value, self->system_prompt);
      break;
    case PROP_DRAFT:
      g_value_set_string (value, self->draft);
      break;
    case PROP_DRAFT_CURSOR:
      g_value_set_int (value, self->draft_cursor);
      break;
    case PROP_STREAM:
      g_value_set_int (value, self->stream);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, self->pinned);
      break;
    case PROP_UNREAD:
      g_value_set_boolean (value, self->unread);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_TRASHED:
      g_value_set_int64 (value, self->trashed);
      break;
    case PROP_WAITING_RESTS:
      g_value_set_boolean (value, self->waiting_rests);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->messages->len);
      break;
    }
}

static void
set_string (YjConversation *self,
            char          **field,
            const char     *string,
            GParamSpec     *pspec)
{
  if (g_set_str (field, string))
    g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_boolean (YjConversation *self,
             gboolean       *field,
             const GValue   *value,
             GParamSpec     *pspec)
{
  if (*field == g_value_get_boolean (value))
    return;
  *field = g_value_get_boolean (value);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_int (YjConversation *self,
         int            *field,
         const GValue   *value,
         GParamSpec     *pspec)
{
  if (*field == g_value_get_int (value))
    return;
  *field = g_value_get_int (value);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
yj_conversation_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  YjConversation *self = YJ_CONVERSATION (object);
  const char *string = G_VALUE_HOLDS_STRING (value) ? g_value_get_string (value) : NULL;

  switch ((YjConversationProps) prop_id)
    {
    case PROP_TITLE:
      set_string (self, &self->title, string != NULL ? string : "", pspec);
      break;
    case PROP_MODEL:
      set_string (self, &self->model, string, pspec);
      break;
    case PROP_SYSTEM_PROMPT:
      set_string (self, &self->system_prompt, string, pspec);
      break;
    case PROP_DRAFT:
      set_string (self, &self->draft, string, pspec);
      break;
    case PROP_DRAFT_CURSOR:
      set_int (self, &self->draft_cursor, value, pspec);
      break;
    case PROP_STREAM:
      set_int (self, &self->stream, value, pspec);
      break;
    case PROP_PINNED:
      set_boolean (self, &self->pinned, value, pspec);
      break;
    case PROP_UNREAD:
      set_boolean (self, &self->unread, value, pspec);
      break;
    case PROP_BUSY:
      set_boolean (self, &self->busy, value, pspec);
      break;
    case PROP_WAITING_RESTS:
      set_boolean (self, &self->waiting_rests, value, pspec);
      break;
    case PROP_ID:
    case PROP_UPDATED:
    case PROP_LOADED:
    case PROP_TRASHED:
    case PROP_N_ITEMS:
      g_assert_not_reached ();
    }
}

static void
yj_conversation_class_init (YjConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = yj_conversation_finalize;
  object_class->get_property = yj_conversation_get_property;
  object_class->set_property = yj_conversation_set_property;

  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", write);
  props[PROP_UPDATED] = g_param_spec_int64 ("updated", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, NULL, write);
  props[PROP_SYSTEM_PROMPT] = g_param_spec_string ("system-prompt", NULL, NULL, NULL, write);
  props[PROP_DRAFT] = g_param_spec_string ("draft", NULL, NULL, NULL, write);
  props[PROP_DRAFT_CURSOR] = g_param_spec_int ("draft-cursor", NULL, NULL, -1, G_MAXINT, -1, write);
  props[PROP_STREAM] = g_param_spec_int ("stream", NULL, NULL, -1, 1, -1, write);
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, read);
  props[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, write);
  props[PROP_UNREAD] = g_param_spec_boolean ("unread", NULL, NULL, FALSE, write);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, write);
  props[PROP_TRASHED] = g_param_spec_int64 ("trashed", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_WAITING_RESTS] = g_param_spec_boolean ("waiting-rests", NULL, NULL, FALSE, write);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, read);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_conversation_init (YjConversation *self)
{
  self->tree = yj_message_tree_new ();
  self->messages = g_ptr_array_new ();
  self->waiting = g_list_store_new (YJ_TYPE_WAITING);
  self->title = g_strdup ("");
  self->draft_cursor = -1;
  self->stream = -1;
  self->attachments = g_list_store_new (YJ_TYPE_ATTACHMENT);
}

/* ---------------------------------------------------------------- for the library */

void
yj_conversation_set_stored (YjConversation *self)
{
  if (self->stored)
    return;
  self->stored = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ID]);
}

void
yj_conversation_touch (YjConversation *self,
                       gint64          now)
{
  self->updated = now;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UPDATED]);
}

void
yj_conversation_set_trashed (YjConversation *self,
                             gint64          when)
{
  if (self->trashed == when)
    return;
  self->trashed = when;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TRASHED]);
}
