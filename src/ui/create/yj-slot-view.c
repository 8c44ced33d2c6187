/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-slot-view"

#include "yj-slot-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-attacher.h"
#include "yj-problem-list.h"
#include "yj-reference-tile.h"

struct _YjSlotView
{
  GtkWidget      parent_instance;

  GtkWidget     *box;
  GtkLabel      *heading;
  GtkLabel      *count;
  AdwWrapBox    *tiles;
  GtkButton     *add_button;
  GtkLabel      *add_label;
  GtkLabel      *hint;
  YjProblemList *problems;

  YjDraft       *draft;
  YjSlot        *slot;
  GListModel    *files;
};

typedef enum
{
  SIGNAL_CHOOSE,
  N_SIGNALS,
} YjSlotViewSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjSlotView, yj_slot_view, GTK_TYPE_WIDGET)

static gboolean
is_single (YjSlotView *self)
{
  return yj_slot_get_maximum (self->slot) == 1;
}

static void
show_count (YjSlotView *self)
{
  guint n = g_list_model_get_n_items (self->files), advised = yj_slot_get_advised_maximum (self->slot);
  g_autofree char *count = NULL;

  if (is_single (self))
    count = g_strdup (yj_slot_get_minimum (self->slot) == 0 && n == 0 ? _("optional") : "");
  else if (advised > 0)
    /* translators: %1$d: files that are there, %2$d: files that can be there */
    count = g_strdup_printf (_("%1$d of %2$d"), (int) n, (int) advised);
  else
    count = g_strdup_printf ("%d", (int) n);

  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->add_button),
                          (is_single (self) ? n == 0 : !yj_attach_is_full (self->draft, yj_slot_get_role (self->slot))));
}

static YjReferenceTile *
find_tile (YjSlotView  *self,
           YjDraftFile *file)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (YJ_IS_REFERENCE_TILE (child) && yj_reference_tile_get_file (YJ_REFERENCE_TILE (child)) == file)
      return YJ_REFERENCE_TILE (child);

  return NULL;
}

static void
drop_strangers (YjSlotView *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);
      gboolean known = !YJ_IS_REFERENCE_TILE (child);

      for (guint i = 0; !known && i < g_list_model_get_n_items (self->files); i++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (self->files, i);

          known = file == yj_reference_tile_get_file (YJ_REFERENCE_TILE (child));
        }
      if (!known)
        adw_wrap_box_remove (self->tiles, child);
      child = next;
    }
}

/* Makes the tiles those of the files; a tile that stays is not made anew, so that it keeps picture and focus. */
static void
sync_tiles (YjSlotView *self)
{
  GtkWidget *before = NULL;
  guint n = g_list_model_get_n_items (self->files);

  drop_strangers (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (self->files, i);
      YjReferenceTile *tile = find_tile (self, file);

      if (tile == NULL)
        {
          tile = YJ_REFERENCE_TILE (yj_reference_tile_new (self->draft, file, !is_single (self)));
          gtk_widget_set_hexpand (GTK_WIDGET (tile), is_single (self));
          adw_wrap_box_insert_child_after (self->tiles, GTK_WIDGET (tile), before);
        }
      else
        adw_wrap_box_reorder_child_after (self->tiles, GTK_WIDGET (tile), before);
      yj_reference_tile_update (tile, i, n);
      before = GTK_WIDGET (tile);
    }

  show_count (self);
}

static void
add_clicked_cb (YjSlotView *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOOSE], 0);
}

static void
yj_slot_view_dispose (GObject *object)
{
  YjSlotView *self = YJ_SLOT_VIEW (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->slot);
  g_clear_object (&self->files);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_SLOT_VIEW);

  G_OBJECT_CLASS (yj_slot_view_parent_class)->dispose (object);
}

static void
yj_slot_view_class_init (YjSlotViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_slot_view_dispose;

  /**
   * YjSlotView::choose:
   *
   * The person wants to pick files for this slot.
   */
  signals[SIGNAL_CHOOSE] = g_signal_new ("choose", YJ_TYPE_SLOT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (YJ_TYPE_PROBLEM_LIST);
  gtk_widget_class_set_css_name (widget_class, "slotview");
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-slot-view.ui");
  gtk_widget_class_bind_template_child (widget_class, YjSlotView, box);
  gtk_widget_class_bind_template_child (widget_class, YjSlotView, heading);
  gtk_widget_class_bind_template_child (widget_class, YjSlotView, count);
  gtk_widget_class_bind_template_child (widget_class, YjSlotView, tiles);
  gtk_widget_class_bind_template_child (widget_class, YjSlotView, add_button);
  gtk_widget_class_bind_template_child (widget_class, YjSlotView, add_label);
  gtk_widget_class_bind_template_child (widget_class, YjSlotView, hint);
  gtk_widget_class_bind_template_child (widget_class, YjSlotView, problems);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
yj_slot_view_init (YjSlotView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
get_invitation (YjMediaKind kind)
{
  switch (kind)
    {
    case YJ_MEDIA_KIND_VIDEO:
      return _("Choose or drop a video");
    case YJ_MEDIA_KIND_AUDIO:
      return _("Choose or drop a sound");
    case YJ_MEDIA_KIND_IMAGE:
    case YJ_MEDIA_KIND_UNKNOWN:
      break;
    }

  return _("Choose or drop a picture");
}

/**
 * yj_slot_view_new:
 * @draft: the draft
 * @slot: a slot of its model
 *
 * Returns: (transfer floating): a view of the files in that slot
 */
GtkWidget *
yj_slot_view_new (YjDraft *draft,
                  YjSlot  *slot)
{
  YjSlotView *self = g_object_new (YJ_TYPE_SLOT_VIEW, NULL);
  const char *label = yj_slot_get_label (slot);
  g_autofree char *spoken = NULL;

  self->draft = g_object_ref (draft);
  self->slot = g_object_ref (slot);
  self->files = g_object_ref (yj_draft_get_files (draft, yj_slot_get_role (slot)));
  gtk_label_set_label (self->heading, label);
  gtk_label_set_label (self->add_label, get_invitation (yj_slot_get_kind (slot)));
  /* translators: %1$s: an invitation such as Choose or drop a picture, %2$s: a place such as First Frame */
  spoken = g_strdup_printf (_("%1$s: %2$s"), get_invitation (yj_slot_get_kind (slot)), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (is_single (self))
    gtk_widget_set_hexpand (GTK_WIDGET (self->add_button), TRUE);
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->add_button), "small");

  g_signal_connect_object (self->files, "items-changed", G_CALLBACK (sync_tiles), self, G_CONNECT_SWAPPED);
  sync_tiles (self);
  return GTK_WIDGET (self);
}

/**
 * yj_slot_view_get_slot:
 * @self: a view
 *
 * Returns: (transfer none): the slot it shows
 */
YjSlot *
yj_slot_view_get_slot (YjSlotView *self)
{
  g_return_val_if_fail (YJ_IS_SLOT_VIEW (self), NULL);

  return self->slot;
}

/**
 * yj_slot_view_show_problems:
 * @self: a view
 * @problems: (element-type Yj.Problem): what is wrong with the draft; those of other fields are passed over
 */
void
yj_slot_view_show_problems (YjSlotView *self,
                            GPtrArray  *problems)
{
  g_return_if_fail (YJ_IS_SLOT_VIEW (self));

  yj_problem_list_show (self->problems, problems, yj_slot_get_field (self->slot));
}

/**
 * yj_slot_view_set_drop:
 * @self: a view
 * @state: what a drop would do here now
 * @text: (nullable): the same in words
 * @replaced: (nullable): the file that it would replace
 *
 * Shows it over the files, so that nothing moves.
 */
void
yj_slot_view_set_drop (YjSlotView  *self,
                       YjDropState  state,
                       const char  *text,
                       YjDraftFile *replaced)
{
  static const char * const classes[] = { NULL, "drop-here", "drop-aside", "drop-refused" };

  g_return_if_fail (YJ_IS_SLOT_VIEW (self));

  for (guint i = YJ_DROP_HERE; i <= YJ_DROP_REFUSED; i++)
    if (i == state)
      gtk_widget_add_css_class (GTK_WIDGET (self), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
  if (replaced != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "replaces");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "replaces");
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (replaced != NULL && YJ_IS_REFERENCE_TILE (child) && yj_reference_tile_get_file (YJ_REFERENCE_TILE (child)) == replaced)
      gtk_widget_add_css_class (child, "replaced");
    else
      gtk_widget_remove_css_class (child, "replaced");

  gtk_label_set_label (self->hint, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), text != NULL);
}

/**
 * yj_slot_view_get_file_at:
 * @self: a view
 * @x: px from the view's left
 * @y: px from its top
 *
 * Returns: (transfer none) (nullable): the file on whose middle that point lies, and not between two of them
 */
YjDraftFile *
yj_slot_view_get_file_at (YjSlotView *self,
                          double      x,
                          double      y)
{
  g_return_val_if_fail (YJ_IS_SLOT_VIEW (self), NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t box;

      if (!YJ_IS_REFERENCE_TILE (child) || !gtk_widget_compute_bounds (child, GTK_WIDGET (self), &box))
        continue;
      graphene_rect_inset (&box, box.size.width / 4, 0);
      if (graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        return yj_reference_tile_get_file (YJ_REFERENCE_TILE (child));
    }

  return NULL;
}

/**
 * yj_slot_view_get_position:
 * @self: a view
 * @x: px from the view's left
 * @y: px from its top
 *
 * Returns: before which file that point lies, the number of files when behind all
 */
guint
yj_slot_view_get_position (YjSlotView *self,
                           double      x,
                           double      y)
{
  guint position = 0;
  gboolean right_to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  g_return_val_if_fail (YJ_IS_SLOT_VIEW (self), 0);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t box;

      if (!YJ_IS_REFERENCE_TILE (child) || !gtk_widget_compute_bounds (child, GTK_WIDGET (self), &box))
        continue;
      if (y < box.origin.y ||
          (y < box.origin.y + box.size.height &&
           (right_to_left ? x > box.origin.x + box.size.width / 2 : x < box.origin.x + box.size.width / 2)))
        break;
      position++;
    }

  return position;
}

/**
 * yj_slot_view_focus_file:
 * @self: a view
 * @file: one of its files
 */
void
yj_slot_view_focus_file (YjSlotView  *self,
                         YjDraftFile *file)
{
  YjReferenceTile *tile;

  g_return_if_fail (YJ_IS_SLOT_VIEW (self));

  tile = find_tile (self, file);
  if (tile != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (tile));
}
