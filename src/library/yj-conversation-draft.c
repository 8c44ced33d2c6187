/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed and attached, and not sent. */
#define G_LOG_DOMAIN "yj-conversation"

#include "yj-attachment.h"
#include "yj-conversation-object.h"

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
 * yj_conversation_take_attachments:
 * @self: a new conversation
 * @attachments: a model of [class@Yj.Attachment]: what was attached before there was a conversation
 *
 * Makes @attachments those of the draft: the model itself, as files may still be on their way into it.
 */
void
yj_conversation_take_attachments (YjConversation *self,
                                  GListStore     *attachments)
{
  g_return_if_fail (YJ_IS_CONVERSATION (self));
  g_return_if_fail (yj_conversation_get_attachments_loaded (self));
  g_return_if_fail (g_list_model_get_n_items (G_LIST_MODEL (self->attachments)) == 0);

  g_set_object (&self->attachments, attachments);
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

/* ---------------------------------------------------------------- for the library */

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
