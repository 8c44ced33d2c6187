/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-mention-chip"

#include "yj-mention-chip.h"

#include <glib/gi18n.h>

#include "yj-attacher.h"
#include "yj-thumbnail.h"

#define MAX_CHARS 18

struct _YjMentionChip
{
  GtkButton  parent_instance;
  char      *id;
  char      *name;
  GtkWidget *box;
  GtkWidget *thumbnail;
};

G_DEFINE_FINAL_TYPE (YjMentionChip, yj_mention_chip, GTK_TYPE_BUTTON)

/* A text view puts a child onto the base line. So what a chip asks for is what it has above its own, and the rest hangs
   below, as the letters do: no line becomes higher by it, whatever the fonts. */
static void
yj_mention_chip_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  YjMentionChip *self = YJ_MENTION_CHIP (widget);
  int baseline = -1;

  gtk_widget_measure (self->box, orientation, -1, minimum, natural, NULL, &baseline);
  *minimum = *natural;
  if (orientation == GTK_ORIENTATION_VERTICAL && baseline >= 0)
    *minimum = *natural = baseline;
}

static void
yj_mention_chip_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  YjMentionChip *self = YJ_MENTION_CHIP (widget);
  int natural, own = -1;

  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, &own);
  gtk_widget_size_allocate (self->box, &(GtkAllocation) { 0, 0, width, natural }, own);
}

static void
yj_mention_chip_finalize (GObject *object)
{
  YjMentionChip *self = YJ_MENTION_CHIP (object);

  g_free (self->id);
  g_free (self->name);

  G_OBJECT_CLASS (yj_mention_chip_parent_class)->finalize (object);
}

static void
yj_mention_chip_class_init (YjMentionChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yj_mention_chip_finalize;
  widget_class->measure = yj_mention_chip_measure;
  widget_class->size_allocate = yj_mention_chip_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "mentionchip");
}

static void
yj_mention_chip_init (YjMentionChip *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_button_set_has_frame (GTK_BUTTON (self), FALSE);
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
}

/* Within a text it can take no less than it is given: a long name is cut in the middle. */
static char *
dup_short (const char *name)
{
  glong length = g_utf8_strlen (name, -1);
  g_autofree char *start = NULL, *end = NULL;

  if (length <= MAX_CHARS)
    return g_strdup (name);

  start = g_utf8_substring (name, 0, MAX_CHARS / 2);
  end = g_utf8_substring (name, length - MAX_CHARS / 2 + 1, length);
  return g_strconcat (start, "…", end, NULL);
}

/**
 * yj_mention_chip_new:
 * @id: the identity of a file
 * @name: what it was called when it was mentioned
 *
 * Returns: (transfer floating): a chip that says so, to be told of its draft
 */
GtkWidget *
yj_mention_chip_new (const char *id,
                     const char *name)
{
  YjMentionChip *self = g_object_new (YJ_TYPE_MENTION_CHIP, NULL);
  GtkWidget *label;
  g_autofree char *text = dup_short (name);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->thumbnail = yj_thumbnail_new (20, 15);
  label = gtk_label_new (text);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE_FILL);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_box_append (GTK_BOX (self->box), self->thumbnail);
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_button_set_child (GTK_BUTTON (self), self->box);

  return GTK_WIDGET (self);
}

/**
 * yj_mention_chip_get_id:
 * @self: a chip
 *
 * Returns: (transfer none): the identity of the file that it is bound to
 */
const char *
yj_mention_chip_get_id (YjMentionChip *self)
{
  g_return_val_if_fail (YJ_IS_MENTION_CHIP (self), NULL);

  return self->id;
}

/**
 * yj_mention_chip_get_name:
 * @self: a chip
 *
 * Returns: (transfer none): what the prompt calls the file
 */
const char *
yj_mention_chip_get_name (YjMentionChip *self)
{
  g_return_val_if_fail (YJ_IS_MENTION_CHIP (self), NULL);

  return self->name;
}

/* Not in this model, or only not now. */
static char *
dup_reason (YjMentionChip *self,
            YjDraft       *draft,
            YjDraftFile   *file)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (draft));
  gboolean taken = FALSE, room = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      YjSlotRole role = yj_slot_get_role (slot);
      gboolean filled = yj_slot_get_maximum (slot) == 1 && g_list_model_get_n_items (yj_draft_get_files (draft, role)) > 0;

      if (yj_slot_get_kind (slot) != yj_draft_file_get_kind (file))
        continue;
      taken = TRUE;
      room = room || (!filled && !yj_attach_is_full (draft, role));
    }

  if (!taken)
    /* translators: %s: the name of a file that the prompt mentions */
    return g_strdup_printf (_("“%s” is set aside: this model does not take it"), self->name);
  if (!room)
    /* translators: %s: the name of a file that the prompt mentions */
    return g_strdup_printf (_("“%s” is set aside: there is no room for it"), self->name);

  /* translators: %s: the name of a file that the prompt mentions */
  return g_strdup_printf (_("“%s” is set aside, and not sent"), self->name);
}

/**
 * yj_mention_chip_update:
 * @self: a chip
 * @draft: the draft in whose prompt it stands
 *
 * Shows the file as it is now, and by what word it is sent; or that it is not attached.
 */
void
yj_mention_chip_update (YjMentionChip *self,
                        YjDraft       *draft)
{
  g_autofree char *word = NULL, *tip = NULL, *spoken = NULL;
  gboolean attached = FALSE;
  YjDraftFile *file;

  g_return_if_fail (YJ_IS_MENTION_CHIP (self));
  g_return_if_fail (YJ_IS_DRAFT (draft));

  file = yj_draft_find_file (draft, self->id, &attached);
  yj_thumbnail_set_file (YJ_THUMBNAIL (self->thumbnail), attached ? file : NULL);
  if (attached)
    {
      word = yj_draft_dup_mention (draft, file);
      /* translators: %1$s: a file name, %2$s: the word by which the model knows it, such as [Image 1] */
      tip = word != NULL ? g_strdup_printf (_("%1$s, sent as %2$s"), yj_draft_file_get_name (file), word)
                         : g_strdup (yj_draft_file_get_name (file));
    }
  else
    /* translators: %s: the name of a file that the prompt mentions */
    tip = file != NULL ? dup_reason (self, draft, file) : g_strdup_printf (_("“%s” is not attached any more"), self->name);
  if (attached)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "broken");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "broken");

  /* translators: a file within the text of a prompt; %s: what is known of it */
  spoken = g_strdup_printf (_("Mention: %s"), tip);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
