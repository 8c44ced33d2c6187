/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-page"

#include "yj-gallery-page.h"

#include <glib/gi18n.h>

#include "yj-compare-page.h"
#include "yj-filter-chips.h"
#include "yj-filter-popover.h"
#include "yj-gallery-actions.h"
#include "yj-gallery-grid.h"
#include "yj-hover-play.h"
#include "yj-job-trash.h"
#include "yj-join-dialog.h"
#include "yj-player-page.h"
#include "yj-save.h"
#include "yj-tags-dialog.h"
#include "yj-window.h"

struct _YjGalleryPage
{
  AdwBin              parent_instance;

  YjSession          *session;
  YjGalleryModel     *model;
  GSettings          *settings;

  GtkWidget          *search_bar;
  GtkEditable        *search;
  GtkWidget          *filter_button;
  YjFilterPopover    *filters;
  YjFilterChips      *chips;
  GtkStack           *stack;
  YjGalleryGrid      *grid;
  YjHoverPlay        *hover;
  GtkActionBar       *selection_bar;
  GtkLabel           *selection_count;
};

typedef enum
{
  PROP_SESSION = 1,
} YjGalleryPageProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjGalleryPage, yj_gallery_page, ADW_TYPE_BIN)

/* ---- what is shown */

static void
update_stack (YjGalleryPage *self)
{
  guint n_all = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (yj_gallery_model_get_queue (self->model))) : 0;
  guint n_shown = self->model != NULL ? yj_gallery_model_get_n_jobs (self->model) : 0;
  gboolean filtered = self->model != NULL && yj_gallery_model_count_values (self->model) > 0;

  gtk_stack_set_visible_child_name (self->stack, n_shown > 0 ? "grid" : n_all == 0 ? "empty" : "nothing");
  gtk_widget_set_visible (self->search_bar, n_all > 0 || (self->model != NULL && g_list_model_get_n_items (yj_job_queue_get_trash (yj_gallery_model_get_queue (self->model))) > 0));
  if (filtered)
    gtk_widget_add_css_class (self->filter_button, "accent");
  else
    gtk_widget_remove_css_class (self->filter_button, "accent");
}

static void
search_changed_cb (YjGalleryPage *self)
{
  if (self->model != NULL)
    yj_gallery_model_set_query (self->model, gtk_editable_get_text (self->search));
}

static void
order_changed_cb (YjGalleryPage *self)
{
  static const char * const orders[] = { "newest", "oldest", "longest", "model" };
  g_autofree char *order = g_settings_get_string (self->settings, "gallery-order");

  for (guint i = 0; self->model != NULL && i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (order, orders[i]))
      yj_gallery_model_set_order (self->model, (YjGalleryOrder) i);
}

static void
stop_search_cb (YjGalleryPage *self)
{
  gtk_editable_set_text (self->search, "");
  yj_gallery_grid_focus (self->grid);
}

static void
search_activate_cb (YjGalleryPage *self)
{
  YjJob *first;

  if (self->model == NULL)
    return;

  /* What is typed this fast has not been looked for yet. */
  search_changed_cb (self);
  first = yj_gallery_model_get_job (self->model, 0);
  if (first != NULL)
    yj_gallery_page_open (self, first);
}

static void
activate_cb (YjGalleryPage *self,
             YjJob         *job)
{
  yj_gallery_page_open (self, job);
}

static void
size_changed_cb (YjGalleryPage *self)
{
  static const char * const words[] = { "small", "medium", "large" };
  g_autofree char *size = g_settings_get_string (self->settings, "gallery-size");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (size, words[i]))
      g_object_set (self->grid, "size", (int) i, NULL);
}

/* ---- actions */

static void
find_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  yj_gallery_page_find (YJ_GALLERY_PAGE (widget));
}

static void
show_all_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);

  yj_gallery_model_clear (self->model);
  gtk_editable_set_text (self->search, "");
}

/* What an action is about: what is selected, else the card in focus. */
static GPtrArray *
list_targets (YjGalleryPage *self)
{
  GPtrArray *jobs = yj_gallery_grid_list_selected (self->grid);
  YjJob *cursor = yj_gallery_grid_get_cursor (self->grid);

  if (jobs->len == 0 && cursor != NULL)
    g_ptr_array_add (jobs, g_object_ref (cursor));

  return jobs;
}

static void
selection_changed_cb (YjGalleryPage *self)
{
  guint n = yj_gallery_grid_count_selected (self->grid);
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gallery.join", n > 1);
  gtk_action_bar_set_revealed (self->selection_bar, n > 0);
  if (n == 0)
    return;
  gtk_label_set_text (self->selection_count, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->grid), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
unselect_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);

  yj_gallery_grid_unselect_all (self->grid);
  yj_gallery_grid_focus (self->grid);
}

static void
tags_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);
  g_autoptr(GPtrArray) jobs = list_targets (self);

  if (self->session != NULL)
    adw_dialog_present (ADW_DIALOG (yj_tags_dialog_new (yj_session_get_queue (self->session), jobs)), widget);
}

static void
trash_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);

  if (self->session != NULL)
    adw_dialog_present (ADW_DIALOG (yj_job_trash_new (yj_session_get_queue (self->session))), widget);
}

static void
save_all_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);
  g_autoptr(GPtrArray) jobs = list_targets (self);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (YJ_IS_WINDOW (root))
    yj_save_videos (YJ_WINDOW (root), jobs);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_autoptr(GPtrArray) jobs = list_targets (YJ_GALLERY_PAGE (widget));

  if (jobs->len > 0)
    yj_gallery_actions_copy (widget, jobs);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = yj_job_get_created (*(YjJob **) a), y = yj_job_get_created (*(YjJob **) b);

  return x < y ? -1 : x > y;
}

/* In the order in which they were made, whatever the one that is shown. */
static void
join_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);
  g_autoptr(GPtrArray) jobs = yj_gallery_grid_list_selected (self->grid);
  GtkRoot *root = gtk_widget_get_root (widget);

  g_ptr_array_sort (jobs, compare_times);
  if (YJ_IS_WINDOW (root))
    yj_join_dialog_present (YJ_WINDOW (root), jobs);
}

static void
compare_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);
  g_autoptr(GPtrArray) jobs = list_targets (self);

  if (self->session != NULL)
    yj_compare_page_present (widget, yj_session_get_queue (self->session), jobs);
}

static void
previews_changed_cb (YjGalleryPage *self)
{
  yj_hover_play_set_enabled (self->hover, g_settings_get_boolean (self->settings, "gallery-previews"));
}

static void
menu_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);
  YjJob *job = yj_gallery_grid_get_cursor (self->grid);
  YjJobCard *card = job != NULL ? yj_gallery_grid_find_card (self->grid, job) : NULL;

  if (card != NULL)
    gtk_widget_activate_action (GTK_WIDGET (card), "menu.popup", NULL);
}

/* Only with the focus among the cards: in the search the same keys are about letters. */
static gboolean
is_in_grid (YjGalleryPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->grid));
}

static void
delete_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);
  g_autoptr(GPtrArray) jobs = list_targets (self);

  yj_gallery_page_remove (self, jobs);
}

static void
favourite_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);
  g_autoptr(GPtrArray) jobs = list_targets (self);
  gboolean all = TRUE;

  for (guint i = 0; i < jobs->len; i++)
    all &= yj_job_get_favourite (jobs->pdata[i]);
  if (jobs->len > 0)
    yj_job_queue_set_favourites (yj_session_get_queue (self->session), jobs, !all);
}

static void
select_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);
  YjJob *job = yj_gallery_grid_get_cursor (self->grid);

  if (job != NULL)
    yj_gallery_grid_select (self->grid, job, TRUE);
}

static void
step_size (YjGalleryPage *self,
           int            by)
{
  static const char * const words[] = { "small", "medium", "large" };
  int size;

  g_object_get (self->grid, "size", &size, NULL);
  g_settings_set_string (self->settings, "gallery-size", words[CLAMP (size + by, 0, (int) G_N_ELEMENTS (words) - 1)]);
}

static void
larger_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  step_size (YJ_GALLERY_PAGE (widget), 1);
}

static void
smaller_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  step_size (YJ_GALLERY_PAGE (widget), -1);
}

/* ---- deleting, with undo */

static void
undo_cb (AdwToast      *toast,
         YjGalleryPage *self)
{
  yj_job_queue_restore (yj_session_get_queue (self->session), g_object_get_data (G_OBJECT (toast), "jobs"));
}

static void
set_session (YjGalleryPage *self,
             YjSession     *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;

  self->model = yj_gallery_model_new (yj_session_get_queue (session), yj_session_get_catalog (session));
  g_signal_connect_object (self->model, "changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  order_changed_cb (self);
  yj_gallery_grid_set_model (self->grid, self->model);
  yj_filter_popover_set_model (self->filters, self->model);
  yj_filter_chips_set_model (self->chips, self->model);
  update_stack (self);
}

static void
yj_gallery_page_dispose (GObject *object)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  g_clear_object (&self->hover);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_GALLERY_PAGE);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (yj_gallery_page_parent_class)->dispose (object);
}

static void
yj_gallery_page_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  switch ((YjGalleryPageProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_gallery_page_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch ((YjGalleryPageProps) prop_id)
    {
    case PROP_SESSION:
      set_session (YJ_GALLERY_PAGE (object), g_value_get_object (value));
      break;
    }
}

static gboolean
card_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  const char *action;

  if (!is_in_grid (YJ_GALLERY_PAGE (widget)))
    return GDK_EVENT_PROPAGATE;

  g_variant_get (args, "(&s)", &action);
  return gtk_widget_activate_action (widget, action, NULL);
}

static void
add_card_key (GtkWidgetClass  *widget_class,
              guint            key,
              GdkModifierType  modifiers,
              const char      *action)
{
  gtk_widget_class_add_binding (widget_class, key, modifiers, card_key_cb, "(s)", action);
}

static void
yj_gallery_page_class_init (YjGalleryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_gallery_page_dispose;
  object_class->get_property = yj_gallery_page_get_property;
  object_class->set_property = yj_gallery_page_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_FILTER_CHIPS);
  g_type_ensure (YJ_TYPE_FILTER_POPOVER);
  g_type_ensure (YJ_TYPE_GALLERY_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-gallery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, search);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, filters);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, chips);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, selection_count);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, grid);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);

  gtk_widget_class_install_action (widget_class, "gallery.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "gallery.show-all", NULL, show_all_cb);
  gtk_widget_class_install_action (widget_class, "gallery.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "gallery.favourite", NULL, favourite_cb);
  gtk_widget_class_install_action (widget_class, "gallery.select", NULL, select_cb);
  gtk_widget_class_install_action (widget_class, "gallery.unselect", NULL, unselect_cb);
  gtk_widget_class_install_action (widget_class, "gallery.tags", NULL, tags_cb);
  gtk_widget_class_install_action (widget_class, "gallery.save-all", NULL, save_all_cb);
  gtk_widget_class_install_action (widget_class, "gallery.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "gallery.join", NULL, join_cb);
  gtk_widget_class_install_action (widget_class, "gallery.compare", NULL, compare_cb);
  gtk_widget_class_install_action (widget_class, "gallery.show-trash", NULL, trash_cb);
  gtk_widget_class_install_action (widget_class, "gallery.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "gallery.larger", NULL, larger_cb);
  gtk_widget_class_install_action (widget_class, "gallery.smaller", NULL, smaller_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "gallery.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "gallery.larger", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "gallery.larger", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Add, GDK_CONTROL_MASK, "gallery.larger", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "gallery.smaller", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "gallery.smaller", NULL);
  add_card_key (widget_class, GDK_KEY_Delete, 0, "gallery.delete");
  add_card_key (widget_class, GDK_KEY_KP_Delete, 0, "gallery.delete");
  add_card_key (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "gallery.copy");
  add_card_key (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "gallery.favourite");
  add_card_key (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "gallery.tags");
  add_card_key (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "gallery.join");
  add_card_key (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "gallery.compare");
  add_card_key (widget_class, GDK_KEY_Menu, 0, "gallery.menu");
  add_card_key (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "gallery.menu");
}

/* What is kept over restarts, as actions of the menu. */
static void
add_view_actions (YjGalleryPage *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GAction) order = g_settings_create_action (self->settings, "gallery-order");
  g_autoptr(GAction) size = g_settings_create_action (self->settings, "gallery-size");
  g_autoptr(GAction) previews = g_settings_create_action (self->settings, "gallery-previews");

  g_action_map_add_action (G_ACTION_MAP (group), order);
  g_action_map_add_action (G_ACTION_MAP (group), size);
  g_action_map_add_action (G_ACTION_MAP (group), previews);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (group));
  g_signal_connect_object (self->settings, "changed::gallery-order", G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::gallery-size", G_CALLBACK (size_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::gallery-previews", G_CALLBACK (previews_changed_cb), self, G_CONNECT_SWAPPED);
  size_changed_cb (self);
  previews_changed_cb (self);
}

static void
yj_gallery_page_init (YjGalleryPage *self)
{
  self->settings = g_settings_new (YJ_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hover = yj_hover_play_new (self->grid);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gallery.join", FALSE);
  add_view_actions (self);
  update_stack (self);
}

/**
 * yj_gallery_page_open:
 * @self: the gallery
 * @job: a job
 *
 * Pushes the page of @job over the places of the window.
 */
void
yj_gallery_page_open (YjGalleryPage *self,
                      YjJob         *job)
{
  GtkWidget *navigation;

  g_return_if_fail (YJ_IS_GALLERY_PAGE (self));
  g_return_if_fail (YJ_IS_JOB (job));

  navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  if (navigation != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (yj_player_page_new (job)));
}

/**
 * yj_gallery_page_find:
 * @self: the gallery
 *
 * Puts the keyboard's focus into the search, whose words are selected; not while there is nothing to be searched.
 */
void
yj_gallery_page_find (YjGalleryPage *self)
{
  g_return_if_fail (YJ_IS_GALLERY_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * yj_gallery_page_search:
 * @self: the gallery
 * @words: what to look for
 *
 * Shows the videos that have @words, whatever was filtered before, with the cursor in the search.
 */
void
yj_gallery_page_search (YjGalleryPage *self,
                        const char    *words)
{
  g_return_if_fail (YJ_IS_GALLERY_PAGE (self));
  g_return_if_fail (words != NULL);

  if (self->model != NULL)
    yj_gallery_model_clear (self->model);
  gtk_editable_set_text (self->search, words);
  search_changed_cb (self);
  yj_gallery_page_find (self);
}

/**
 * yj_gallery_page_select_all:
 * @self: the gallery
 *
 * Selects all cards on show, and puts the keyboard's focus among them.
 */
void
yj_gallery_page_select_all (YjGalleryPage *self)
{
  g_return_if_fail (YJ_IS_GALLERY_PAGE (self));

  yj_gallery_grid_focus (self->grid);
  yj_gallery_grid_select_all (self->grid);
}

/**
 * yj_gallery_page_remove:
 * @self: the gallery
 * @jobs: (element-type YjJob): jobs
 *
 * Throws those that have come to their end into the trash, with an offer to undo it; says so where there are none.
 */
void
yj_gallery_page_remove (YjGalleryPage *self,
                        GPtrArray     *jobs)
{
  g_autoptr(GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *title = NULL;
  GtkRoot *root;
  AdwToast *toast;

  g_return_if_fail (YJ_IS_GALLERY_PAGE (self));
  g_return_if_fail (jobs != NULL);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!YJ_IS_WINDOW (root) || jobs->len == 0)
    return;

  for (guint i = 0; i < jobs->len; i++)
    if (yj_job_state_is_final (yj_job_get_state (jobs->pdata[i])))
      g_ptr_array_add (ended, g_object_ref (jobs->pdata[i]));
  if (ended->len == 0)
    {
      yj_window_add_toast (YJ_WINDOW (root), adw_toast_new (_("What is under way cannot be deleted before it ends")));
      return;
    }
  yj_job_queue_trash (yj_session_get_queue (self->session), ended);
  title = ended->len == 1 ? g_strdup (_("Video deleted")) :
          g_strdup_printf (ngettext ("%u video deleted", "%u videos deleted", ended->len), ended->len);
  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "jobs", g_steal_pointer (&ended), (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  /* on a full disk they stay, which the window says */
  g_signal_connect_object (yj_session_get_library (self->session), "failed", G_CALLBACK (adw_toast_dismiss), toast, G_CONNECT_SWAPPED);
  yj_window_add_toast (YJ_WINDOW (root), toast);
}
