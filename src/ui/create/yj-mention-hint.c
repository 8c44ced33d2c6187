/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-mention-hint.h"

#include <glib/gi18n.h>

#define WIDTH 250               /* px, the same at the least and by nature: the popover is as wide as its words */

/**
 * yj_mention_hint_new:
 *
 * Returns: (transfer floating): a hint that says nothing yet
 */
GtkPopover *
yj_mention_hint_new (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, "width-request", WIDTH, "max-width-chars", 1,
                                   "margin-top", 3, "margin-bottom", 3, "margin-start", 6, "margin-end", 6, NULL);
  GtkPopover *hint = g_object_new (GTK_TYPE_POPOVER, "autohide", FALSE, "has-arrow", FALSE, "position", GTK_POS_BOTTOM,
                                   "halign", GTK_ALIGN_START, "can-focus", FALSE, "child", label, NULL);

  return hint;
}

static const char *
get_words (YjDraft *draft)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (draft));
  gboolean only_pictures = TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      if (g_list_model_get_n_items (yj_draft_get_files (draft, yj_slot_get_role (slot))) > 0)
        return NULL;
      only_pictures &= yj_slot_get_kind (slot) == YJ_MEDIA_KIND_IMAGE;
    }
  if (g_list_model_get_n_items (slots) == 0)
    return NULL;

  return only_pictures ? _("Add a picture first to mention it here: drop it on the window, or press Ctrl+O.")
                       : _("Add a picture, clip or sound first to mention it here: drop it on the window, or press Ctrl+O.");
}

/**
 * yj_mention_hint_update:
 * @hint: a hint
 * @draft: whose files would be mentioned
 *
 * Returns: whether there is something to say
 */
gboolean
yj_mention_hint_update (GtkPopover *hint,
                        YjDraft    *draft)
{
  const char *words = get_words (draft);

  if (words == NULL)
    return FALSE;

  gtk_label_set_label (GTK_LABEL (gtk_popover_get_child (hint)), words);
  if (!gtk_widget_get_visible (GTK_WIDGET (hint)))
    gtk_accessible_announce (GTK_ACCESSIBLE (hint), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  return TRUE;
}
