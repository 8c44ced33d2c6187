/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation"

#include "yj-attachment.h"
#include "yj-message-tree.h"

/**
 * YjConversation:
 *
 * A conversation: a #GListModel of [class@Yj.Message], oldest first, empty until
 * [method@Yj.Library.load_conversation_async] has filled it.
 *
 * Its messages are a tree, as a question may have several versions and several answers. The list is the branch that
 * was chosen last; see [method@Yj.Library.choose_message].
 */
struct _YjConversation
{
  GObject    parent_instance;
  YjMessageTree *tree;
  GPtrArray *messages;          /* the branch; borrowed from the tree */
  GListStore *waiting;          /* of YjWaiting */
  gboolean   waiting_rests;
  gint64     key;
  gboolean   stored;
  gboolean   loaded;
  char      *title;
  char      *model;
  char      *system_prompt;
  char      *draft;
  gint64     updated;
  gint64     trashed;
  gboolean   pinned;
  gboolean   unread;
  gboolean   busy;              /* not stored */
  int        draft_cursor;      /* characters, -1: at the end */
  int        stream;            /* -1: as preferred */
  GListStore *attachments;      /* of the draft */
  guint      n_attachments;     /* how many are stored, until they are loaded; 0 then */
};

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

static void
tell_items (YjConversation *self,
            guint           position,
            guint           removed,
            guint           added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

/* ---------------------------------------------------------------- for the library */

void
yj_conversation_row_free (YjConversationRow *row)
{
  g_free (row->title);
  g_free (row->model);
  g_free (row->system_prompt);
  g_free (row->draft);
  g_free (row);
}

/* One that has no row yet, and so nothing to load. */
YjConversation *
yj_conversation_new (gint64 key)
{
  YjConversation *self = g_object_new (YJ_TYPE_CONVERSATION, NULL);

  self->key = key;
  self->loaded = TRUE;
  self->updated = g_get_real_time ();
  return self;
}

YjConversation *
yj_conversation_new_from_row (const YjConversationRow *row)
{
  YjConversation *self = g_object_new (YJ_TYPE_CONVERSATION, NULL);

  self->key = row->id;
  self->stored = TRUE;
  g_set_str (&self->title, row->title != NULL ? row->title : "");
  g_set_str (&self->model, row->model);
  g_set_str (&self->system_prompt, row->system_prompt);
  g_set_str (&self->draft, row->draft);
  self->updated = row->updated;
  self->pinned = row->pinned;
  self->unread = row->unread;
  self->draft_cursor = row->draft_cursor;
  self->stream = row->stream;
  self->n_attachments = row->n_attachments;
  self->trashed = row->trashed;
  return self;
}

YjConversationRow *
yj_conversation_dup_row (YjConversation *self)
{
  YjConversationRow *row = g_new0 (YjConversationRow, 1);

  row->id = self->key;
  row->title = g_strdup (self->title);
  row->model = g_strdup (self->model);
  row->system_prompt = g_strdup (self->system_prompt);
  row->draft = g_strdup (self->draft);
  row->updated = self->updated;
  row->pinned = self->pinned;
  row->unread = self->unread;
  row->draft_cursor = self->draft_cursor;
  row->stream = self->stream;
  row->trashed = self->trashed;
  return row;
}

gint64
yj_conversation_get_key (YjConversation *self)
{
  return self->key;
}

gboolean
yj_conversation_is_stored (YjConversation *self)
{
  return self->stored;
}

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

YjMessageTree *
yj_conversation_get_tree (YjConversation *self)
{
  return self->tree;
}

static void
update_siblings (YjConversation *self)
{
  for (guint i = 0; i < self->messages->len; i++)
    yj_message_tree_update_siblings (self->tree, self->messages->pdata[i]);
}

/* Brings the list to what the tree says now. */
void
yj_conversation_update_branch (YjConversation *self)
{
  g_autoptr(GPtrArray) old = self->messages;
  guint n_old = old->len, n_new, begin = 0, end = 0;

  self->messages = yj_message_tree_list_branch (self->tree);
  n_new = self->messages->len;
  update_siblings (self);
  while (begin < MIN (n_old, n_new) && old->pdata[begin] == self->messages->pdata[begin])
    begin++;
  while (end < MIN (n_old, n_new) - begin && old->pdata[n_old - 1 - end] == self->messages->pdata[n_new - 1 - end])
    end++;
  if (begin + end < MAX (n_old, n_new))
    tell_items (self, begin, n_old - begin - end, n_new - begin - end);
}

/* Below @parent, and so that it is shown; NULL: as another beginning. What hangs below @adopted, if anything, hangs
   below @message then. */
void
yj_conversation_add (YjConversation *self,
                     YjMessage      *parent,
                     YjMessage      *message,
                     YjMessage      *adopted)
{
  gboolean at_end = parent == yj_conversation_get_last (self);

  yj_message_tree_add (self->tree, parent, message);
  if (adopted != NULL)
    yj_message_tree_adopt (self->tree, message, adopted);
  g_ptr_array_unref (yj_message_tree_choose (self->tree, message));
  if (at_end)
    {
      /* The usual case costs the same however long the conversation is. */
      g_ptr_array_add (self->messages, message);
      yj_message_tree_update_siblings (self->tree, message);
      tell_items (self, self->messages->len - 1, 0, 1);
    }
  else
    yj_conversation_update_branch (self);
}

YjMessage *
yj_conversation_get_last (YjConversation *self)
{
  return self->messages->len > 0 ? self->messages->pdata[self->messages->len - 1] : NULL;
}

/* One whose parent is missing or comes after it, as only in a damaged file, goes where it was added: nothing is lost. */
static void
add_stored (YjConversation *self,
            GHashTable     *known,
            YjMessageRow   *row,
            YjMessage      *before)
{
  g_autoptr(YjMessage) message = yj_message_new_from_row (row);
  YjMessage *parent = g_hash_table_lookup (known, &row->parent);

  yj_message_set_stored (message);
  yj_message_tree_add (self->tree, row->parent != 0 && parent == NULL ? before : parent, message);
  g_hash_table_insert (known, &row->id, message);
}

static gboolean
has_key (GPtrArray *messages,
         gint64     key)
{
  for (guint i = 0; i < messages->len; i++)
    if (yj_message_get_key (messages->pdata[i]) == key)
      return TRUE;
  return FALSE;
}

/* The few messages that are here were added while the others were read, and may have been stored in time to be read
   again: they come behind. Returns them, as what they hang below has to be written; borrowed. */
GPtrArray *
yj_conversation_set_loaded (YjConversation *self,
                            GPtrArray      *rows)
{
  g_autoptr(GPtrArray) added = self->messages;
  g_autoptr(GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  YjMessage *before = NULL;
  guint n;

  for (guint i = 0; i < added->len; i++)
    g_object_ref (added->pdata[i]);
  g_ptr_array_set_free_func (added, g_object_unref);
  yj_message_tree_free (self->tree);
  self->tree = yj_message_tree_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      YjMessageRow *row = rows->pdata[i];

      if (has_key (added, row->id))
        continue;
      add_stored (self, known, row, before);
      before = g_hash_table_lookup (known, &row->id);
    }
  self->messages = yj_message_tree_list_branch (self->tree);
  n = self->messages->len;
  for (guint i = 0; i < added->len; i++)
    {
      yj_message_tree_add (self->tree, yj_conversation_get_last (self), added->pdata[i]);
      g_ptr_array_unref (yj_message_tree_choose (self->tree, added->pdata[i]));
      g_ptr_array_add (self->messages, added->pdata[i]);
    }
  update_siblings (self);
  self->loaded = TRUE;
  tell_items (self, 0, 0, n);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
  return g_steal_pointer (&added);
}

void
yj_conversation_set_attachments (YjConversation *self,
                                 GListModel     *attachments)
{
  if (self->n_attachments == 0)
    return;
  self->n_attachments = 0;
  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (attachments, i);

      g_list_store_insert (self->attachments, i, attachment);
    }
}

gboolean
yj_conversation_is_empty (YjConversation *self)
{
  return self->messages->len == 0 && !yj_conversation_has_draft (self) &&
         (self->system_prompt == NULL || *self->system_prompt == '\0');
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

/* ---------------------------------------------------------------- for everybody */

/**
 * yj_conversation_get_id:
 * @self: a conversation
 *
 * Returns: the id of its row (`conversations.id`), 0 until it is stored
 */
gint64
yj_conversation_get_id (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), 0);

  return self->stored ? self->key : 0;
}

/**
 * yj_conversation_get_title:
 * @self: a conversation
 *
 * Returns: its title, never %NULL; empty until its first question or a person gave one
 */
const char *
yj_conversation_get_title (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->title;
}

/**
 * yj_conversation_get_updated:
 * @self: a conversation
 *
 * Returns: when a message was last added, µs since 1970, UTC
 */
gint64
yj_conversation_get_updated (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), 0);

  return self->updated;
}

/**
 * yj_conversation_get_model:
 * @self: a conversation
 *
 * Returns: (nullable): the model chosen for it
 */
const char *
yj_conversation_get_model (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->model;
}

/**
 * yj_conversation_get_system_prompt:
 * @self: a conversation
 *
 * Returns: (nullable): the system prompt of its questions
 */
const char *
yj_conversation_get_system_prompt (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->system_prompt;
}

/**
 * yj_conversation_get_draft:
 * @self: a conversation
 *
 * Returns: (nullable): what was typed and not sent
 */
const char *
yj_conversation_get_draft (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->draft;
}

/**
 * yj_conversation_get_waiting:
 * @self: a conversation
 *
 * Returns: (transfer none): the #GListModel of [class@Yj.Waiting] that are to be asked next, the first one first;
 *   changed by [method@Yj.Library.save_waiting]
 */
GListStore *
yj_conversation_get_waiting (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->waiting;
}

/**
 * yj_conversation_get_waiting_rests:
 * @self: a conversation
 *
 * Returns: whether what waits does not follow by itself, as after a restart
 */
gboolean
yj_conversation_get_waiting_rests (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->waiting_rests;
}

/**
 * yj_conversation_is_deleted:
 * @self: a conversation
 * @message: one of its messages
 *
 * Returns: whether @message was deleted
 */
gboolean
yj_conversation_is_deleted (YjConversation *self,
                            YjMessage      *message)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);
  g_return_val_if_fail (YJ_IS_MESSAGE (message), FALSE);

  return message->trashed != 0;
}

/**
 * yj_conversation_get_parent:
 * @self: a conversation
 * @message: one of its messages
 *
 * Returns: (transfer none) (nullable): the message that @message follows, of an answer its question; %NULL: it begins
 *   the conversation
 */
YjMessage *
yj_conversation_get_parent (YjConversation *self,
                            YjMessage      *message)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL, NULL);

  return yj_message_tree_get_parent (self->tree, message);
}

/**
 * yj_conversation_list_siblings:
 * @self: a conversation
 * @message: one of its messages
 *
 * Returns: (transfer container) (element-type YjMessage): the versions of a question, or the answers to one question,
 *   that are not deleted, oldest first
 */
GPtrArray *
yj_conversation_list_siblings (YjConversation *self,
                               YjMessage      *message)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL, NULL);

  return yj_message_tree_list_children (self->tree, yj_message_tree_get_parent (self->tree, message));
}

/**
 * yj_conversation_list_answers:
 * @self: a conversation
 * @question: one of its messages
 *
 * Returns: (transfer container) (element-type YjMessage): what hangs directly below @question and is not deleted,
 *   oldest first
 */
GPtrArray *
yj_conversation_list_answers (YjConversation *self,
                              YjMessage      *question)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (YJ_IS_MESSAGE (question) && question->node != NULL, NULL);

  return yj_message_tree_list_children (self->tree, question);
}

/**
 * yj_conversation_count_below:
 * @self: a conversation
 * @message: one of its messages
 *
 * Returns: how many messages hang below it, in all branches
 */
guint
yj_conversation_count_below (YjConversation *self,
                             YjMessage      *message)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), 0);
  g_return_val_if_fail (YJ_IS_MESSAGE (message) && message->node != NULL, 0);

  return yj_message_tree_count_below (self->tree, message);
}

/**
 * yj_conversation_find:
 * @self: a conversation
 * @message: a message
 * @position: (out) (optional): where it stands
 *
 * Returns: whether it is on the branch that is shown
 */
gboolean
yj_conversation_find (YjConversation *self,
                      YjMessage      *message,
                      guint          *position)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return g_ptr_array_find (self->messages, message, position);
}

/**
 * yj_conversation_get_draft_cursor:
 * @self: a conversation
 *
 * Returns: where the cursor stands in the draft, in characters; -1: at its end
 */
int
yj_conversation_get_draft_cursor (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), -1);

  return self->draft_cursor;
}

/**
 * yj_conversation_get_attachments:
 * @self: a conversation
 *
 * Returns: (transfer none): a model of [class@Yj.Attachment]: what goes with the draft; empty until
 *   [method@Yj.Library.load_attachments_async] has filled it. To be changed, and then saved by
 *   [method@Yj.Library.save_attachments].
 */
GListStore *
yj_conversation_get_attachments (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), NULL);

  return self->attachments;
}

/**
 * yj_conversation_get_attachments_loaded:
 * @self: a conversation
 *
 * Returns: whether the attachments of the draft are here
 */
gboolean
yj_conversation_get_attachments_loaded (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->n_attachments == 0;
}

/**
 * yj_conversation_has_draft:
 * @self: a conversation
 *
 * Returns: whether something was typed or attached and not sent
 */
gboolean
yj_conversation_has_draft (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return (self->draft != NULL && *self->draft != '\0') || self->n_attachments > 0 ||
         g_list_model_get_n_items (G_LIST_MODEL (self->attachments)) > 0;
}

/**
 * yj_conversation_get_stream:
 * @self: a conversation
 *
 * Returns: whether its answers are to come piece by piece; -1: as is preferred for all
 */
int
yj_conversation_get_stream (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), -1);

  return self->stream;
}

/**
 * yj_conversation_get_loaded:
 * @self: a conversation
 *
 * Returns: whether its messages are here; a new one is loaded from the start
 */
gboolean
yj_conversation_get_loaded (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->loaded;
}

/**
 * yj_conversation_get_pinned:
 * @self: a conversation
 *
 * Returns: whether it stands above the others
 */
gboolean
yj_conversation_get_pinned (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->pinned;
}

/**
 * yj_conversation_get_unread:
 * @self: a conversation
 *
 * Returns: whether an answer ended in it while nobody looked
 */
gboolean
yj_conversation_get_unread (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->unread;
}

/**
 * yj_conversation_get_busy:
 * @self: a conversation
 *
 * Returns: whether an answer is on its way in it; set by who asks, never stored
 */
gboolean
yj_conversation_get_busy (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), FALSE);

  return self->busy;
}

/**
 * yj_conversation_get_trashed:
 * @self: a conversation
 *
 * Returns: when it went into the trash, µs since 1970, UTC; 0 when it is not there
 */
gint64
yj_conversation_get_trashed (YjConversation *self)
{
  g_return_val_if_fail (YJ_IS_CONVERSATION (self), 0);

  return self->trashed;
}
