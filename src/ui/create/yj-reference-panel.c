/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-reference-library.h"
#include "yj-reference-tile.h"
#include "yj-window.h"
#include "yj-wrap-box.h"


G_DEFINE_FINAL_TYPE (YjReferencePanel, yj_reference_panel, GTK_TYPE_WIDGET)

/* ---- slots */
YjSlotView *
yj_reference_panel_find_view (YjReferencePanel *self,
                              int               role)
{
  for (GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (self->slots)); line != NULL;
       line = gtk_widget_get_next_sibling (line))
    for (GtkWidget *child = gtk_widget_get_first_child (line); child != NULL; child = gtk_widget_get_next_sibling (child))
      if (YJ_IS_SLOT_VIEW (child) && (int) yj_slot_get_role (yj_slot_view_get_slot (YJ_SLOT_VIEW (child))) == role)
        return YJ_SLOT_VIEW (child);

  return NULL;
}

static void
show_parked (YjReferencePanel *self)
{
  guint n = g_list_model_get_n_items (self->parked);

  gtk_widget_set_visible (self->parked_box, n > 0);
  yj_wrap_box_clear (ADW_WRAP_BOX (self->parked_tiles));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (self->parked, i);
      GtkWidget *tile = yj_reference_tile_new (self->draft, file, TRUE);

      yj_reference_tile_update (YJ_REFERENCE_TILE (tile), 0, 1);
      adw_wrap_box_append (ADW_WRAP_BOX (self->parked_tiles), tile);
    }
}

static void
choose_cb (YjSlotView       *view,
           YjReferencePanel *self)
{
  yj_reference_panel_choose (self, yj_slot_get_role (yj_slot_view_get_slot (view)), NULL);
}

/* Slots for one file stand side by side; the first list has a line of its own, those after it share one. */
static void
build_slots (YjReferencePanel *self)
{
  GListModel *slots = yj_model_get_slots (self->model);
  GtkWidget *child, *pair = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->slots))) != NULL)
    gtk_box_remove (self->slots, child);

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      GtkWidget *view = yj_slot_view_new (self->draft, slot);

      g_signal_connect_object (view, "choose", G_CALLBACK (choose_cb), self, G_CONNECT_DEFAULT);
      if (pair != NULL)
        {
          gtk_box_append (GTK_BOX (pair), view);
          pair = NULL;
          continue;
        }
      pair = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", TRUE, NULL);
      gtk_box_append (GTK_BOX (pair), view);
      gtk_box_append (self->slots, pair);
      if (i == 0 && yj_slot_get_maximum (slot) != 1)
        pair = NULL;
    }
}

static void
draft_changed_cb (YjReferencePanel *self)
{
  if (!g_set_object (&self->model, yj_draft_get_model (self->draft)))
    return;

  /* What is being added may have changed the model itself, and what was said of it holds. */
  if (!yj_attacher_get_busy (self->attacher))
    yj_reference_panel_say_nothing (self);
  build_slots (self);
  show_parked (self);
}

static void
replaced_cb (YjReferencePanel *self,
             YjDraftFile      *before,
             YjDraftFile      *successor)
{
  guint position = 0;
  int role = yj_draft_find_place (self->draft, successor, &position);

  /* translators: %s: a file name */
  yj_reference_panel_offer_undo (self, _("“%s” was replaced"), before, successor, role, position);
}

static void
attached_cb (YjReferencePanel *self,
             YjDraftFile      *file)
{
  int role = yj_draft_find_place (self->draft, file, NULL);
  YjSlot *slot = role >= 0 ? yj_model_find_slot (yj_draft_get_model (self->draft), (YjSlotRole) role) : NULL;
  g_autofree char *text = NULL;

  if (slot == NULL)
    return;
  /* translators: %1$s: a place such as First Frame, %2$s: a file name; spoken */
  text = g_strdup_printf (_("Added to %1$s: %2$s"), yj_slot_get_label (slot), yj_draft_file_get_name (file));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

/* The one that has moved up, else the last one, else what adds the next. */
static void
focus_neighbour (YjReferencePanel *self,
                 int               role,
                 guint             position)
{
  GListModel *files = yj_draft_get_files (self->draft, (YjSlotRole) role);
  guint n = g_list_model_get_n_items (files);
  g_autoptr(YjDraftFile) next = n > 0 ? g_list_model_get_item (files, MIN (position, n - 1)) : NULL;
  YjSlotView *view = yj_reference_panel_find_view (self, role);

  if (next != NULL)
    yj_reference_panel_focus_file (self, next);
  else if (view != NULL)
    gtk_widget_child_focus (GTK_WIDGET (view), GTK_DIR_TAB_FORWARD);
}

/**
 * yj_reference_panel_remove_file:
 * @self: a panel
 * @file: a file of its draft
 *
 * Takes the file out of the draft; a toast, and Ctrl+Z in the panel, put it back where it was.
 */
void
yj_reference_panel_remove_file (YjReferencePanel *self,
                                YjDraftFile      *file)
{
  g_autoptr(YjDraftFile) held = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL, *tile;
  guint position = 0;
  gboolean focused;
  int role;

  g_return_if_fail (YJ_IS_REFERENCE_PANEL (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));

  held = g_object_ref (file);
  role = yj_draft_find_place (self->draft, file, &position);
  tile = focus != NULL ? gtk_widget_get_ancestor (focus, YJ_TYPE_REFERENCE_TILE) : NULL;
  focused = tile != NULL && yj_reference_tile_get_file (YJ_REFERENCE_TILE (tile)) == file;
  yj_draft_remove_file (self->draft, file);
  if (focused && role >= 0)
    focus_neighbour (self, role, position);
  /* translators: %s: a file name */
  yj_reference_panel_offer_undo (self, _("“%s” was removed"), held, NULL, role, position);
}

/* ---- actions */
static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  yj_reference_panel_choose (YJ_REFERENCE_PANEL (widget), -1, NULL);
}

static void
paste_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  yj_reference_panel_paste (YJ_REFERENCE_PANEL (widget));
}

static void
chosen_cb (YjReferencePanel *self,
           YjKeptReference  *reference)
{
  if (self->draft == NULL)
    return;

  yj_reference_panel_say_nothing (self);
  yj_attacher_add_named (self->attacher, yj_kept_reference_get_file (reference), yj_kept_reference_get_name (reference));
}

static void
reuse_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  YjReferencePanel *self = YJ_REFERENCE_PANEL (widget);
  AdwDialog *dialog;

  if (self->library == NULL)
    return;

  dialog = yj_reference_library_new (self->library);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
dismiss_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  yj_reference_panel_say_nothing (YJ_REFERENCE_PANEL (widget));
}

static void
show_all_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  yj_reference_panel_say_all (YJ_REFERENCE_PANEL (widget));
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  yj_reference_panel_undo (YJ_REFERENCE_PANEL (widget));
}

/* ---- type */
static void
let_go_of_draft (YjReferencePanel *self)
{
  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  if (self->parked != NULL)
    g_clear_signal_handler (&self->parked_id, self->parked);
  g_clear_object (&self->parked);
  g_clear_object (&self->draft);
  g_clear_object (&self->model);
}

static void
yj_reference_panel_dispose (GObject *object)
{
  YjReferencePanel *self = YJ_REFERENCE_PANEL (object);

  let_go_of_draft (self);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->drag_cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->drag_cancellable);
  g_clear_object (&self->attacher);
  g_clear_object (&self->watch);
  g_clear_object (&self->library);
  g_clear_object (&self->drag_own);
  g_clear_weak_pointer (&self->drag_toast);
  g_clear_pointer (&self->dragged, g_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->undos, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_REFERENCE_PANEL);

  G_OBJECT_CLASS (yj_reference_panel_parent_class)->dispose (object);
}

static void
yj_reference_panel_class_init (YjReferencePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_reference_panel_dispose;

  gtk_widget_class_install_action (widget_class, "panel.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "panel.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "panel.reuse", NULL, reuse_action);
  gtk_widget_class_install_action (widget_class, "panel.dismiss", NULL, dismiss_action);
  gtk_widget_class_install_action (widget_class, "panel.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "panel.undo", NULL, undo_action);
  yj_reference_panel_install_lost (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "panel.undo", NULL);

  gtk_widget_class_set_css_name (widget_class, "referencepanel");
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-reference-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, box);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, slots);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, notice);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, notice_all);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, notice_dismiss);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, stack);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, hint);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, parked_box);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, parked_tiles);
  gtk_widget_class_bind_template_child (widget_class, YjReferencePanel, busy);
}

static void
yj_reference_panel_init (YjReferencePanel *self)
{
  self->cancellable = g_cancellable_new ();
  self->dragged = g_array_new (FALSE, FALSE, sizeof (YjDropItem));
  self->attacher = yj_attacher_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  yj_reference_panel_init_notice (self);
  yj_reference_panel_init_lost (self);
  g_signal_connect_object (self->attacher, "replaced", G_CALLBACK (replaced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attacher, "attached", G_CALLBACK (attached_cb), self, G_CONNECT_SWAPPED);
}

/**
 * yj_reference_panel_set_draft:
 * @self: a panel
 * @draft: (nullable): the draft whose files it shows
 */
void
yj_reference_panel_set_draft (YjReferencePanel *self,
                              YjDraft          *draft)
{
  g_return_if_fail (YJ_IS_REFERENCE_PANEL (self));

  if (self->draft == draft)
    return;

  let_go_of_draft (self);
  yj_attacher_set_draft (self->attacher, draft);
  yj_file_watch_set_draft (self->watch, draft);
  if (draft == NULL)
    return;

  self->draft = g_object_ref (draft);
  self->parked = g_object_ref (yj_draft_get_parked (draft));
  self->changed_id = g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  self->parked_id = g_signal_connect_object (self->parked, "items-changed", G_CALLBACK (show_parked), self, G_CONNECT_SWAPPED);
  draft_changed_cb (self);
}

/**
 * yj_reference_panel_set_library:
 * @self: a panel
 * @library: (nullable): where references that were used before come from
 */
void
yj_reference_panel_set_library (YjReferencePanel *self,
                                YjLibrary        *library)
{
  g_return_if_fail (YJ_IS_REFERENCE_PANEL (self));

  g_set_object (&self->library, library);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.reuse", library != NULL);
}

/**
 * yj_reference_panel_get_attacher:
 * @self: a panel
 *
 * Returns: (transfer none): what puts files into the draft
 */
YjAttacher *
yj_reference_panel_get_attacher (YjReferencePanel *self)
{
  g_return_val_if_fail (YJ_IS_REFERENCE_PANEL (self), NULL);

  return self->attacher;
}

/**
 * yj_reference_panel_set_drop_area:
 * @self: a panel
 * @area: a widget around it
 *
 * Takes drops of files and pictures anywhere on @area, and Ctrl+V there when the clipboard holds such.
 */
void
yj_reference_panel_set_drop_area (YjReferencePanel *self,
                                  GtkWidget        *area)
{
  g_return_if_fail (YJ_IS_REFERENCE_PANEL (self));
  g_return_if_fail (GTK_IS_WIDGET (area));
  g_return_if_fail (self->area == NULL);

  self->area = area;
  yj_reference_panel_init_drop (self, area);
  yj_reference_panel_init_paste (self, area);
}

/**
 * yj_reference_panel_show_problems:
 * @self: a panel
 * @problems: (element-type Yj.Problem): what is wrong with the draft
 */
void
yj_reference_panel_show_problems (YjReferencePanel *self,
                                  GPtrArray        *problems)
{
  g_return_if_fail (YJ_IS_REFERENCE_PANEL (self));

  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      YjSlotView *view = yj_reference_panel_find_view (self, role);

      if (view != NULL)
        yj_slot_view_show_problems (view, problems);
    }
}

static void
focus_parked (YjReferencePanel *self,
              YjDraftFile      *file)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->parked_tiles); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (YJ_IS_REFERENCE_TILE (child) && yj_reference_tile_get_file (YJ_REFERENCE_TILE (child)) == file)
      gtk_widget_grab_focus (child);
}

/**
 * yj_reference_panel_focus_file:
 * @self: a panel
 * @file: a file of its draft
 *
 * Gives the keyboard's focus to the tile of @file, in its slot or set aside, when there is one.
 */
void
yj_reference_panel_focus_file (YjReferencePanel *self,
                               YjDraftFile      *file)
{
  int role;
  YjSlotView *view;

  g_return_if_fail (YJ_IS_REFERENCE_PANEL (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));

  role = yj_draft_find_place (self->draft, file, NULL);
  view = role >= 0 ? yj_reference_panel_find_view (self, role) : NULL;
  if (view != NULL)
    yj_slot_view_focus_file (view, file);
  else
    focus_parked (self, file);
}
