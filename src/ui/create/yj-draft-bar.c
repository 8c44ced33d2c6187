/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-draft-bar"

#include "yj-draft-bar.h"

#include <glib/gi18n.h>

#include "yj-draft-tab.h"
#include "yj-window.h"

#define UNDO_SECONDS 10

struct _YjDraftBar
{
  AdwBin              parent_instance;

  GtkWidget          *scrolled;
  GtkViewport        *viewport;
  GtkBox             *tabs;     /* of YjDraftTab, as the list */

  GtkWidget          *page;     /* that has the actions, not owned */
  GSimpleActionGroup *actions;
  YjDraftList        *drafts;
  guint               scroll_id;
};

G_DEFINE_FINAL_TYPE (YjDraftBar, yj_draft_bar, ADW_TYPE_BIN)

/* ---- the list speaks */

static void
update_actions (YjDraftBar *self)
{
  guint n = self->drafts != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->drafts)) : 0;
  const struct { const char *name; gboolean enabled; } states[] = {
    { "new", n > 0 }, { "duplicate", n > 0 }, { "rename", n > 0 }, { "close", n > 0 }, { "close-others", n > 1 },
    { "next", n > 1 }, { "previous", n > 1 }, { "move", n > 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), states[i].name)),
                                 states[i].enabled);
}

static YjDraftTab *
find_tab (YjDraftBar  *self,
          YjOpenDraft *item)
{
  for (GtkWidget *tab = gtk_widget_get_first_child (GTK_WIDGET (self->tabs)); tab != NULL; tab = gtk_widget_get_next_sibling (tab))
    if (yj_draft_tab_get_item (YJ_DRAFT_TAB (tab)) == item)
      return YJ_DRAFT_TAB (tab);

  return NULL;
}

/* All of it, once it has its room: the one on show is wider than the others. */
static gboolean
show_selected_cb (gpointer user_data)
{
  YjDraftBar *self = user_data;
  YjDraftTab *tab = self->drafts != NULL ? find_tab (self, yj_draft_list_get_selected (self->drafts)) : NULL;

  self->scroll_id = 0;
  if (tab != NULL)
    gtk_viewport_scroll_to (self->viewport, GTK_WIDGET (tab), NULL);
  return G_SOURCE_REMOVE;
}

static void
show_selected (YjDraftBar *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, show_selected_cb, self, NULL);
}

static void
selected_cb (YjDraftBar *self)
{
  YjOpenDraft *selected = yj_draft_list_get_selected (self->drafts);

  for (GtkWidget *tab = gtk_widget_get_first_child (GTK_WIDGET (self->tabs)); tab != NULL; tab = gtk_widget_get_next_sibling (tab))
    {
      gboolean shown = yj_draft_tab_get_item (YJ_DRAFT_TAB (tab)) == selected;

      yj_draft_tab_set_shown (YJ_DRAFT_TAB (tab), shown);
    }
  show_selected (self);
}

static void choose_cb (YjDraftBar *self,
                       YjDraftTab *tab);
static void close_cb  (YjDraftBar *self,
                       YjDraftTab *tab);
static void drop_cb   (YjDraftBar  *self,
                       YjOpenDraft *item,
                       YjDraftTab  *tab);

static YjDraftTab *
add_tab (YjDraftBar  *self,
         YjOpenDraft *item)
{
  YjDraftTab *tab = yj_draft_tab_new (item);

  gtk_box_append (self->tabs, GTK_WIDGET (tab));
  g_signal_connect_object (tab, "chosen", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tab, "closed", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tab, "dropped", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  return tab;
}

/* The tabs in the order of the list: what is not there any more goes, what is new comes, the rest changes places. */
static void
items_changed_cb (YjDraftBar *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->drafts));
  GtkWidget *before = NULL;

  for (GtkWidget *tab = gtk_widget_get_first_child (GTK_WIDGET (self->tabs)), *next; tab != NULL; tab = next)
    {
      next = gtk_widget_get_next_sibling (tab);
      if (!yj_draft_list_find (self->drafts, yj_draft_tab_get_item (YJ_DRAFT_TAB (tab)), NULL))
        gtk_box_remove (self->tabs, tab);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjOpenDraft) item = g_list_model_get_item (G_LIST_MODEL (self->drafts), i);
      YjDraftTab *tab = find_tab (self, item);

      if (tab == NULL)
        tab = add_tab (self, item);
      gtk_box_reorder_child_after (self->tabs, GTK_WIDGET (tab), before);
      before = GTK_WIDGET (tab);
    }
  selected_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
  update_actions (self);
}

/* ---- undo */

typedef struct
{
  YjDraftBar  *bar;             /* weak */
  YjOpenDraft *item;
  YjDraft     *former;          /* NULL: the item itself was taken away */
  guint        position;
} Undo;

static void
undo_free (Undo     *undo,
           GClosure *closure)
{
  g_clear_weak_pointer (&undo->bar);
  g_clear_object (&undo->item);
  g_clear_object (&undo->former);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast,
         Undo     *undo)
{
  YjDraftList *drafts = undo->bar != NULL ? undo->bar->drafts : NULL;

  if (drafts == NULL)
    return;

  if (undo->former == NULL)
    yj_draft_list_restore (drafts, undo->item, undo->position);
  else
    {
      yj_open_draft_set_draft (undo->item, undo->former);
      if (yj_draft_list_find (drafts, undo->item, NULL))
        yj_draft_list_select (drafts, undo->item);
    }
}

static void
offer_undo (YjDraftBar  *self,
            YjOpenDraft *item,
            YjDraft     *former,
            guint        position,
            const char  *title)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  AdwToast *toast;
  Undo *undo;

  if (!YJ_IS_WINDOW (root))
    return;

  undo = g_new0 (Undo, 1);
  g_set_weak_pointer (&undo->bar, self);
  undo->item = g_object_ref (item);
  undo->former = former != NULL ? g_object_ref (former) : NULL;
  undo->position = position;
  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, (GClosureNotify) undo_free, G_CONNECT_DEFAULT);
  yj_window_add_toast (YJ_WINDOW (root), toast);
}

/* ---- actions */

static void
focus_page (YjDraftBar *self)
{
  /* a tab that is gone leaves the focus nowhere */
  if (self->page != NULL)
    gtk_widget_activate_action (self->page, "create.focus-prompt", NULL);
}

static void
new_action (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  YjDraftBar *self = YJ_DRAFT_BAR (user_data);
  YjOpenDraft *selected = yj_draft_list_get_selected (self->drafts);
  g_autoptr(YjDraft) draft = yj_draft_new (yj_draft_get_model (yj_open_draft_get_draft (selected)));

  yj_draft_list_add (self->drafts, draft, NULL);
  focus_page (self);
}

static void
duplicate_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  YjDraftBar *self = YJ_DRAFT_BAR (user_data);

  yj_draft_list_duplicate (self->drafts, yj_draft_list_get_selected (self->drafts));
  focus_page (self);
}

static void
close_item (YjDraftBar  *self,
            YjOpenDraft *item)
{
  g_autofree char *title = yj_draft_tab_dup_title (item);
  /* translators: %s: the name of a draft, or how its prompt begins */
  g_autofree char *said = g_strdup_printf (_("“%s” was closed"), title);
  g_autoptr(YjOpenDraft) alive = g_object_ref (item);
  guint position;

  if (!yj_draft_list_find (self->drafts, item, &position))
    return;

  yj_draft_list_remove (self->drafts, item);
  if (!yj_open_draft_is_empty (item))
    offer_undo (self, item, NULL, position, said);
}

static void
choose_cb (YjDraftBar *self,
           YjDraftTab *tab)
{
  yj_draft_list_select (self->drafts, yj_draft_tab_get_item (tab));
}

static void
close_cb (YjDraftBar *self,
          YjDraftTab *tab)
{
  close_item (self, yj_draft_tab_get_item (tab));
  focus_page (self);
}

/* Another one was dropped on the tab: it takes its place. */
static void
drop_cb (YjDraftBar  *self,
         YjOpenDraft *item,
         YjDraftTab  *tab)
{
  guint position;

  if (yj_draft_list_find (self->drafts, item, NULL) &&
      yj_draft_list_find (self->drafts, yj_draft_tab_get_item (tab), &position))
    yj_draft_list_move (self->drafts, item, position);
}

static void
close_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  YjDraftBar *self = YJ_DRAFT_BAR (user_data);

  close_item (self, yj_draft_list_get_selected (self->drafts));
  focus_page (self);
}

static void
close_others_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  YjDraftBar *self = YJ_DRAFT_BAR (user_data);
  YjOpenDraft *selected = yj_draft_list_get_selected (self->drafts);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->drafts)); i-- > 0;)
    {
      g_autoptr(YjOpenDraft) item = g_list_model_get_item (G_LIST_MODEL (self->drafts), i);

      if (item != selected)
        close_item (self, item);
    }
}

static void
step (YjDraftBar *self,
      int         by,
      gboolean    move)
{
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->drafts));
  YjOpenDraft *selected = yj_draft_list_get_selected (self->drafts);
  guint position;

  if (!yj_draft_list_find (self->drafts, selected, &position))
    return;
  if (move)
    yj_draft_list_move (self->drafts, selected, (guint) CLAMP ((int) position + by, 0, n - 1));
  else
    {
      g_autoptr(YjOpenDraft) item = g_list_model_get_item (G_LIST_MODEL (self->drafts), (guint) (((int) position + by + n) % n));

      yj_draft_list_select (self->drafts, item);
    }
}

static void
next_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  step (YJ_DRAFT_BAR (user_data), 1, FALSE);
}

static void
previous_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  step (YJ_DRAFT_BAR (user_data), -1, FALSE);
}

static void
move_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  step (YJ_DRAFT_BAR (user_data), g_variant_get_int32 (parameter), TRUE);
}

static void
renamed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(YjOpenDraft) item = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);
  GtkWidget *entry = g_object_get_data (object, "yj-entry");
  g_autofree char *name = NULL;

  if (g_strcmp0 (response, "rename") != 0)
    return;

  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  yj_open_draft_set_name (item, name);
}

static void
rename_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  YjDraftBar *self = YJ_DRAFT_BAR (user_data);
  YjOpenDraft *item = yj_draft_list_get_selected (self->drafts);
  GtkWidget *entry = gtk_entry_new ();
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Rename Draft"), _("Without a name it is called by how its prompt begins.")));
  g_autofree char *title = yj_draft_tab_dup_title (item);

  gtk_editable_set_text (GTK_EDITABLE (entry), yj_open_draft_get_name (item));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), title);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  adw_alert_dialog_set_extra_child (dialog, entry);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "rename", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "rename");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_dialog_set_focus (ADW_DIALOG (dialog), entry);
  g_object_set_data (G_OBJECT (dialog), "yj-entry", entry);
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, renamed_cb, g_object_ref (item));
}

static const GActionEntry action_entries[] = {
  { .name = "new", .activate = new_action },
  { .name = "duplicate", .activate = duplicate_action },
  { .name = "rename", .activate = rename_action },
  { .name = "close", .activate = close_action },
  { .name = "close-others", .activate = close_others_action },
  { .name = "next", .activate = next_action },
  { .name = "previous", .activate = previous_action },
  { .name = "move", .parameter_type = "i", .activate = move_action },
};

/* ---- type */

static void
yj_draft_bar_dispose (GObject *object)
{
  YjDraftBar *self = YJ_DRAFT_BAR (object);

  yj_draft_bar_set_drafts (self, NULL);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_DRAFT_BAR);
  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (yj_draft_bar_parent_class)->dispose (object);
}

static void
yj_draft_bar_class_init (YjDraftBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_draft_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-draft-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YjDraftBar, scrolled);
  gtk_widget_class_bind_template_child (widget_class, YjDraftBar, viewport);
  gtk_widget_class_bind_template_child (widget_class, YjDraftBar, tabs);
}

static void
yj_draft_bar_init (YjDraftBar *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries, G_N_ELEMENTS (action_entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* another tab, a longer name, a narrower window */
  g_signal_connect_object (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->viewport)), "changed",
                           G_CALLBACK (show_selected), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

/**
 * yj_draft_bar_set_drafts:
 * @self: a bar
 * @drafts: (nullable): a loaded list
 */
void
yj_draft_bar_set_drafts (YjDraftBar  *self,
                         YjDraftList *drafts)
{
  g_return_if_fail (YJ_IS_DRAFT_BAR (self));

  if (self->drafts == drafts)
    return;

  if (self->drafts != NULL)
    g_signal_handlers_disconnect_by_data (self->drafts, self);
  g_set_object (&self->drafts, drafts);
  if (drafts == NULL)
    return;

  g_signal_connect_object (drafts, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drafts, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  items_changed_cb (self);
}

static void
add_key (GtkEventController *controller,
         guint               key,
         GdkModifierType     modifiers,
         const char         *action,
         GVariant           *target)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers), gtk_named_action_new (action));

  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/**
 * yj_draft_bar_add_actions:
 * @self: a bar
 * @page: what it lies in
 *
 * Gives @page the actions `drafts.new`, `drafts.duplicate`, `drafts.rename`, `drafts.close`, `drafts.close-others`,
 * `drafts.next`, `drafts.previous` and `drafts.move`, and their keys, wherever in it the focus is.
 */
void
yj_draft_bar_add_actions (YjDraftBar *self,
                          GtkWidget  *page)
{
  GtkEventController *keys;
  const GdkModifierType control = GDK_CONTROL_MASK, both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  g_return_if_fail (YJ_IS_DRAFT_BAR (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  g_set_weak_pointer (&self->page, page);
  gtk_widget_insert_action_group (page, "drafts", G_ACTION_GROUP (self->actions));
  keys = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (keys, GDK_KEY_n, control, "drafts.new", NULL);
  add_key (keys, GDK_KEY_d, control, "drafts.duplicate", NULL);
  add_key (keys, GDK_KEY_w, both, "drafts.close", NULL);
  add_key (keys, GDK_KEY_F2, GDK_NO_MODIFIER_MASK, "drafts.rename", NULL);
  add_key (keys, GDK_KEY_Page_Down, control, "drafts.next", NULL);
  add_key (keys, GDK_KEY_Page_Up, control, "drafts.previous", NULL);
  add_key (keys, GDK_KEY_Page_Down, both, "drafts.move", g_variant_new_int32 (1));
  add_key (keys, GDK_KEY_Page_Up, both, "drafts.move", g_variant_new_int32 (-1));
  gtk_widget_add_controller (page, keys);
}

/**
 * yj_draft_bar_replace:
 * @self: a bar with drafts
 * @draft: what is to be made from now on
 * @title: what the toast says of it
 *
 * Puts @draft in place of the one on show, with undo.
 */
void
yj_draft_bar_replace (YjDraftBar *self,
                      YjDraft    *draft,
                      const char *title)
{
  YjOpenDraft *selected;
  g_autoptr(YjDraft) former = NULL;

  g_return_if_fail (YJ_IS_DRAFT_BAR (self) && self->drafts != NULL);
  g_return_if_fail (YJ_IS_DRAFT (draft));

  selected = yj_draft_list_get_selected (self->drafts);
  former = g_object_ref (yj_open_draft_get_draft (selected));
  yj_open_draft_set_draft (selected, draft);
  offer_undo (self, selected, former, 0, title);
}
