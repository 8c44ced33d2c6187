/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-reference-tile"

#include "yj-reference-tile.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-job-text.h"
#include "yj-mend.h"
#include "yj-poster-image.h"
#include "yj-reference-panel.h"
#include "yj-reference-preview.h"
#include "yj-window.h"

#define SMALL_WIDTH 132         /* px */

struct _YjReferenceTile
{
  GtkWidget     parent_instance;

  AdwClamp     *clamp;
  GtkWidget    *box;
  GtkWidget    *picture;
  GtkLabel     *number;
  GtkWidget    *remove_button;
  GtkLabel     *mark;           /* on the picture: that it cannot be had */
  GtkLabel     *name;
  GtkLabel     *facts;
  GtkPopover   *popover;
  GMenu        *places;         /* what is in the menu of other slots */

  YjDraft      *draft;
  YjDraftFile  *file;
  guint         position;
  guint         n;              /* how many are in its slot */
};

G_DEFINE_FINAL_TYPE (YjReferenceTile, yj_reference_tile, GTK_TYPE_WIDGET)

/**
 * yj_reference_tile_dup_facts:
 * @file: an attached file
 *
 * Returns: (transfer full): what is known of it, in a line; empty while nothing is
 */
char *
yj_reference_tile_dup_facts (YjDraftFile *file)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), NULL);

  if (yj_draft_file_get_width (file) > 0)
    /* translators: width and height in pixels */
    g_strv_builder_take (builder, g_strdup_printf (_("%1$d × %2$d"), yj_draft_file_get_width (file), yj_draft_file_get_height (file)));
  if (yj_draft_file_get_duration (file) > 0)
    g_strv_builder_take (builder, yj_job_text_dup_duration (yj_draft_file_get_duration (file)));
  if (yj_draft_file_get_size (file) > 0)
    g_strv_builder_take (builder, g_format_size ((guint64) yj_draft_file_get_size (file)));

  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}

static const char *
get_mark (YjDraftFile *file)
{
  switch (yj_draft_file_get_state (file))
    {
    case YJ_FILE_GONE:
      return _("Not There Any More");
    case YJ_FILE_UNREADABLE:
      return _("Cannot Be Read");
    case YJ_FILE_UNUSABLE:
      return _("Cannot Be Used");
    case YJ_FILE_THERE:
      break;
    }

  return NULL;
}

/* The picture stays, so that one sees which it was; what is there again may be seen for the first time. */
static void
show_state (YjReferenceTile *self)
{
  const char *mark = get_mark (self->file);
  gboolean was_lost = gtk_widget_get_visible (GTK_WIDGET (self->mark));

  gtk_label_set_label (self->mark, mark != NULL ? mark : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mark), mark != NULL);
  if (mark != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "lost");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "lost");
  if (mark == NULL && was_lost && yj_draft_file_get_kind (self->file) != YJ_MEDIA_KIND_AUDIO)
    {
      g_object_set (self->picture, "file", NULL, NULL);
      g_object_set (self->picture, "file", yj_draft_file_get_file (self->file), NULL);
    }
}

static void
show_facts (YjReferenceTile *self)
{
  const char *name = yj_draft_file_get_name (self->file), *mark = get_mark (self->file);
  g_autofree char *facts = yj_reference_tile_dup_facts (self->file);
  g_autofree char *known = *facts != '\0' ? g_strdup_printf ("%s\n%s", name, facts) : g_strdup (name);
  g_autofree char *all = mark != NULL ? g_strdup_printf ("%s\n%s", known, mark) : g_strdup (known);
  g_autofree char *spoken = g_strdelimit (g_strdup (all), "\n", ' ');
  /* translators: %s: a file name; spoken */
  g_autofree char *removal = g_strdup_printf (_("Remove “%s”"), name);
  g_autoptr(GString) lines = g_string_new (facts);

  /* those of a clip take two lines: not broken behind a dot */
  if (yj_draft_file_get_kind (self->file) == YJ_MEDIA_KIND_VIDEO)
    g_string_replace (lines, " · ", "\n", 1);
  show_state (self);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->facts, lines->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, removal, -1);
}

/* ---- actions */
static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkWidget *panel = gtk_widget_get_ancestor (widget, YJ_TYPE_REFERENCE_PANEL);

  if (panel != NULL)
    yj_reference_panel_remove_file (YJ_REFERENCE_PANEL (panel), YJ_REFERENCE_TILE (widget)->file);
}

/* Where it is now, for who does not see it. */
static void
announce_place (YjReferenceTile *self)
{
  /* translators: %1$d: which one it is now, %2$d: of how many; spoken */
  g_autofree char *text = g_strdup_printf (_("Moved to %1$d of %2$d"), (int) self->position + 1, (int) self->n);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
earlier_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  g_autoptr(YjReferenceTile) self = g_object_ref (YJ_REFERENCE_TILE (widget));

  if (self->position > 0)
    yj_draft_move_file (self->draft, self->file, self->position - 1);
  gtk_widget_grab_focus (widget);
  announce_place (self);
}

static void
later_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  g_autoptr(YjReferenceTile) self = g_object_ref (YJ_REFERENCE_TILE (widget));

  yj_draft_move_file (self->draft, self->file, self->position + 1);
  gtk_widget_grab_focus (widget);
  announce_place (self);
}

/* The tile of the old slot goes; the panel moves the focus to the new one. */
static void
move_to_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  g_autoptr(YjReferenceTile) self = g_object_ref (YJ_REFERENCE_TILE (widget));
  GtkWidget *panel = gtk_widget_get_ancestor (widget, YJ_TYPE_REFERENCE_PANEL);
  YjSlotRole role = (YjSlotRole) g_variant_get_int32 (parameter);
  YjSlot *slot = yj_model_find_slot (yj_draft_get_model (self->draft), role);
  g_autofree char *text = NULL;

  if (slot == NULL || !yj_draft_place_file (self->draft, role, self->file, G_MAXUINT) || panel == NULL)
    return;

  yj_reference_panel_focus_file (YJ_REFERENCE_PANEL (panel), self->file);
  /* translators: %s: a place such as Last Frame; spoken */
  text = g_strdup_printf (_("Moved to %s"), yj_slot_get_label (slot));
  gtk_accessible_announce (GTK_ACCESSIBLE (panel), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
replace_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  YjReferenceTile *self = YJ_REFERENCE_TILE (widget);
  GtkWidget *panel = gtk_widget_get_ancestor (widget, YJ_TYPE_REFERENCE_PANEL);
  int role = yj_draft_find_place (self->draft, self->file, NULL);

  if (panel != NULL && role >= 0)
    yj_reference_panel_choose (YJ_REFERENCE_PANEL (panel), role, self->file);
}

/* For another model, or to make room for another file. */
static void
set_aside_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  g_autoptr(YjReferenceTile) self = g_object_ref (YJ_REFERENCE_TILE (widget));
  GtkWidget *panel = gtk_widget_get_ancestor (widget, YJ_TYPE_REFERENCE_PANEL);
  /* translators: %s: a file name; spoken */
  g_autofree char *text = g_strdup_printf (_("“%s” is set aside"), yj_draft_file_get_name (self->file));

  yj_draft_set_file_aside (self->draft, self->file);
  if (panel == NULL)
    return;
  yj_reference_panel_focus_file (YJ_REFERENCE_PANEL (panel), self->file);
  gtk_accessible_announce (GTK_ACCESSIBLE (panel), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
fix_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  GtkWidget *panel = gtk_widget_get_ancestor (widget, YJ_TYPE_REFERENCE_PANEL);

  if (panel != NULL)
    yj_reference_panel_fix_file (YJ_REFERENCE_PANEL (panel), yj_draft_file_get_id (YJ_REFERENCE_TILE (widget)->file));
}

static void
preview_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  adw_dialog_present (yj_reference_preview_new (YJ_REFERENCE_TILE (widget)->file), widget);
}

static void
preview_pressed_cb (GtkGestureClick *gesture,
                    int              n_press,
                    double           x,
                    double           y,
                    gpointer         user_data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_widget_grab_focus (widget);
  if (n_press == 2)
    gtk_widget_activate_action (widget, "tile.preview", NULL);
}

static void
mention_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  YjReferenceTile *self = YJ_REFERENCE_TILE (widget);

  gtk_widget_activate_action (widget, "create.mention", "s", yj_draft_file_get_id (self->file));
}

static void
launch_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjReferenceTile) self = user_data;
  g_autoptr(GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (object), result, &error) && YJ_IS_WINDOW (root) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    yj_window_show_error (YJ_WINDOW (root), error);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  YjReferenceTile *self = YJ_REFERENCE_TILE (widget);
  g_autoptr(GtkFileLauncher) launcher = gtk_file_launcher_new (yj_draft_file_get_file (self->file));
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, launch_cb, g_object_ref (self));
}

static gboolean
can_fix (YjReferenceTile *self,
         int              role)
{
  YjSlot *slot = role >= 0 ? yj_model_find_slot (yj_draft_get_model (self->draft), (YjSlotRole) role) : NULL;
  g_autoptr(YjMend) mend = slot != NULL ? yj_mend_new (self->draft, slot, self->file, NULL) : NULL;

  return mend != NULL;
}

/* The other slots that take it, as they are now. */
static void
popup (YjReferenceTile *self)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (self->draft));
  int here = yj_draft_find_place (self->draft, self->file, NULL);

  g_menu_remove_all (self->places);
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      YjSlotRole role = yj_slot_get_role (slot);
      g_autofree char *label = NULL, *action = NULL;

      if ((int) role == here || !yj_draft_can_take (self->draft, role, self->file))
        continue;
      /* translators: %s: a place such as Last Frame */
      label = g_strdup_printf (_("Move to %s"), yj_slot_get_label (slot));
      action = g_strdup_printf ("tile.move-to(%d)", (int) role);
      g_menu_append (self->places, label, action);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.replace", here >= 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.set-aside", here >= 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.fix", can_fix (self, here));
  gtk_popover_popup (self->popover);
}

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  YjReferenceTile *self = YJ_REFERENCE_TILE (widget);

  gtk_popover_set_pointing_to (self->popover, NULL);
  popup (self);
}

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 gpointer         user_data)
{
  YjReferenceTile *self = YJ_REFERENCE_TILE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_popover_set_pointing_to (self->popover, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  popup (self);
}

/* Within the app it is the attached file, to be put elsewhere; for others it is the file itself. */
static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 gpointer       user_data)
{
  YjReferenceTile *self = YJ_REFERENCE_TILE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));
  GFile *place = yj_draft_file_get_file (self->file);
  GdkFileList *list = gdk_file_list_new_from_array (&place, 1);
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_typed (YJ_TYPE_DRAFT_FILE, self->file),
    gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list),
  };

  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               gpointer       user_data)
{
  YjReferenceTile *self = YJ_REFERENCE_TILE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (self->picture);

  gtk_drag_source_set_icon (source, paintable, 16, 16);
}

/* ---- type */
static void
yj_reference_tile_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  GTK_WIDGET_CLASS (yj_reference_tile_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (YJ_REFERENCE_TILE (widget)->popover);
}

static void
yj_reference_tile_dispose (GObject *object)
{
  YjReferenceTile *self = YJ_REFERENCE_TILE (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->file);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_REFERENCE_TILE);

  G_OBJECT_CLASS (yj_reference_tile_parent_class)->dispose (object);
}

static void
yj_reference_tile_class_init (YjReferenceTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_reference_tile_dispose;
  widget_class->size_allocate = yj_reference_tile_size_allocate;

  gtk_widget_class_install_action (widget_class, "tile.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "tile.earlier", NULL, earlier_action);
  gtk_widget_class_install_action (widget_class, "tile.later", NULL, later_action);
  gtk_widget_class_install_action (widget_class, "tile.mention", NULL, mention_action);
  gtk_widget_class_install_action (widget_class, "tile.move-to", "i", move_to_action);
  gtk_widget_class_install_action (widget_class, "tile.replace", NULL, replace_action);
  gtk_widget_class_install_action (widget_class, "tile.set-aside", NULL, set_aside_action);
  gtk_widget_class_install_action (widget_class, "tile.fix", NULL, fix_action);
  gtk_widget_class_install_action (widget_class, "tile.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "tile.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "tile.menu", NULL, menu_action);
  /* the last of several is the one that the menu shows */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "tile.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "tile.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "tile.earlier", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "tile.later", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "tile.earlier", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "tile.later", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "tile.preview", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "tile.preview", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "tile.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "tile.menu", NULL);

  g_type_ensure (YJ_TYPE_POSTER_IMAGE);
  gtk_widget_class_set_css_name (widget_class, "referencetile");
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-reference-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, box);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, clamp);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, picture);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, remove_button);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, number);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, mark);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, name);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, facts);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, popover);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceTile, places);
  gtk_widget_class_bind_template_callback (widget_class, preview_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
}

static void
yj_reference_tile_init (YjReferenceTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_reference_tile_new:
 * @draft: the draft that holds @file
 * @file: the file to show
 * @small: one of many, of a fixed width; else as wide as there is room
 *
 * Returns: (transfer floating): a tile
 */
GtkWidget *
yj_reference_tile_new (YjDraft     *draft,
                       YjDraftFile *file,
                       gboolean     small)
{
  static const char * const icons[] = { "text-x-generic-symbolic", "image-x-generic-symbolic", "video-x-generic-symbolic",
                                        "audio-x-generic-symbolic" };
  YjReferenceTile *self;

  g_return_val_if_fail (YJ_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), NULL);

  self = g_object_new (YJ_TYPE_REFERENCE_TILE, NULL);
  self->draft = g_object_ref (draft);
  self->file = g_object_ref (file);
  if (small)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "small");
      adw_clamp_set_tightening_threshold (self->clamp, SMALL_WIDTH);
      adw_clamp_set_maximum_size (self->clamp, SMALL_WIDTH);
      /* as high as the others, also beside one whose name is written in higher letters */
      gtk_widget_set_valign (GTK_WIDGET (self->clamp), GTK_ALIGN_START);
    }
  g_object_set (self->picture, "icon-name", icons[yj_draft_file_get_kind (file)], NULL);
  if (yj_draft_file_get_kind (file) != YJ_MEDIA_KIND_AUDIO)
    g_object_set (self->picture, "file", yj_draft_file_get_file (file), NULL);
  show_facts (self);
  g_signal_connect_object (file, "changed", G_CALLBACK (show_facts), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * yj_reference_tile_get_file:
 * @self: a tile
 *
 * Returns: (transfer none): the file it shows
 */
YjDraftFile *
yj_reference_tile_get_file (YjReferenceTile *self)
{
  g_return_val_if_fail (YJ_IS_REFERENCE_TILE (self), NULL);

  return self->file;
}

/**
 * yj_reference_tile_update:
 * @self: a tile
 * @position: where its file stands in its slot, from 0
 * @n: how many files are in that slot
 *
 * Shows what depends on the others.
 */
void
yj_reference_tile_update (YjReferenceTile *self,
                          guint            position,
                          guint            n)
{
  g_autofree char *mention = NULL;

  g_return_if_fail (YJ_IS_REFERENCE_TILE (self));

  mention = yj_draft_dup_mention (self->draft, self->file);
  self->position = position;
  self->n = n;
  gtk_label_set_label (self->number, mention != NULL ? mention : "");
  gtk_widget_set_visible (GTK_WIDGET (self->number), mention != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.mention", mention != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.earlier", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.later", position + 1 < n);
}
