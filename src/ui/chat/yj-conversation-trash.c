/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation-trash"

#include "yj-conversation-trash.h"

#include <glib/gi18n.h>

#include "yj-conversation-actions.h"

static char *
dup_note (void)
{
  return g_strdup_printf (ngettext ("Deleted conversations stay here for %d day.", "Deleted conversations stay here for %d days.",
                                    YJ_TRASH_DAYS), YJ_TRASH_DAYS);
}

static char *
dup_title (gpointer item)
{
  return yj_conversation_dup_shown_title (item);
}

static gint64
get_trashed (gpointer item)
{
  return yj_conversation_get_trashed (item);
}

static char *
dup_heading (void)
{
  return g_strdup (_("Delete Conversation?"));
}

static char *
dup_empty_body (guint n)
{
  return g_strdup_printf (ngettext ("%u conversation will be gone for good.", "%u conversations will be gone for good.", n), n);
}

static void
restore (gpointer owner,
         gpointer item)
{
  yj_library_restore_conversation (owner, item);
}

static void
remove_all (gpointer    owner,
            GListModel *items)
{
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(YjConversation) conversation = g_list_model_get_item (items, i);

      yj_library_delete_conversation (owner, conversation);
    }
}

static const YjTrashKind conversations = { dup_note, dup_title, get_trashed, dup_heading, dup_empty_body, restore, remove_all };

/**
 * yj_conversation_trash_new:
 * @library: whose trash to show
 *
 * Returns: (transfer floating): a dialog to present
 */
YjTrashDialog *
yj_conversation_trash_new (YjLibrary *library)
{
  g_return_val_if_fail (YJ_IS_LIBRARY (library), NULL);

  return yj_trash_dialog_new (&conversations, _("Deleted Conversations"), G_OBJECT (library), yj_library_get_trash (library), YJ_TRASH_DAYS);
}
