/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-compare-page"

#include "yj-compare-page.h"

#include <glib/gi18n.h>

#include "yj-compare-facts.h"
#include "yj-compare-stage.h"
#include "yj-job-fold.h"
#include "yj-keep-focus.h"
#include "yj-mpris.h"
#include "yj-plainness.h"
#include "yj-player-frame.h"

struct _YjComparePage
{
  AdwNavigationPage  parent_instance;

  GPtrArray         *jobs;      /* YjJob */
  YjCompare         *compare;
  YjCompareMode      mode;
  guint              left;      /* of a wipe */
  guint              current;   /* heard, and the one that is shown or on the right */
  char              *title;     /* for the desktop */
  YjMpris           *mpris;     /* as long as it is in a window */

  AdwToggleGroup    *modes;
  YjCompareStage    *stage;
  GtkAdjustment     *border;
  GtkWidget         *divider;
  GtkBox            *captions;
  GtkToggleButton   *letters[YJ_COMPARE_MOST];
  GtkWidget         *sounds[YJ_COMPARE_MOST];
  YjPlayerFrame     *frame;
};

G_DEFINE_FINAL_TYPE (YjComparePage, yj_compare_page, ADW_TYPE_NAVIGATION_PAGE)

static const char * const mode_names[] = { "tiles", "wipe", "switch" };

static void
update (YjComparePage *self)
{
  if (self->mode == YJ_COMPARE_WIPE && self->left == self->current)
    {
      self->left = 0;
      self->current = MAX (self->current, 1);
    }
  yj_compare_stage_show (self->stage, self->mode, self->left, self->current);
  gtk_widget_set_visible (self->divider, self->mode == YJ_COMPARE_WIPE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.swap", self->mode == YJ_COMPARE_WIPE);
  adw_toggle_group_set_active_name (self->modes, mode_names[self->mode]);
  g_object_set (self->frame, "click-plays", self->mode != YJ_COMPARE_WIPE, NULL);       /* there it moves the border */
  for (guint i = 0; i < self->jobs->len; i++)
    {
      gboolean sound = yj_compare_get_has_sound (self->compare, i);

      gtk_toggle_button_set_active (self->letters[i], i == self->current);
      gtk_image_set_from_icon_name (GTK_IMAGE (self->sounds[i]), sound ? "audio-volume-high-symbolic" : "audio-volume-muted-symbolic");
      gtk_widget_set_tooltip_text (self->sounds[i], sound ? _("Heard") : _("Without sound"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->sounds[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, sound ? _("Heard") : _("Without sound"), -1);
      gtk_widget_set_visible (self->sounds[i], !sound || i == self->current);
    }
  g_object_set (self->compare, "heard", self->current, NULL);
}

/* ---- what is compared */

static void
set_mode (YjComparePage *self,
          YjCompareMode  mode)
{
  if (self->mode == mode)
    return;
  self->mode = mode;
  update (self);
}

static void
mode_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  YjComparePage *self = YJ_COMPARE_PAGE (widget);
  YjCompareMode mode = (YjCompareMode) CLAMP (g_variant_get_int32 (parameter), 0, 2);

  /* The key that shows one at a time goes from one to the next */
  if (mode == YJ_COMPARE_SWITCH && self->mode == mode)
    {
      self->current = (self->current + 1) % self->jobs->len;
      update (self);
    }
  set_mode (self, mode);
}

static void
modes_cb (YjComparePage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->modes);

  for (guint i = 0; i < G_N_ELEMENTS (mode_names); i++)
    if (g_strcmp0 (name, mode_names[i]) == 0)
      set_mode (self, (YjCompareMode) i);
}

static void
clip_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  YjComparePage *self = YJ_COMPARE_PAGE (widget);
  int clip = g_variant_get_int32 (parameter);

  if (clip < 0 || clip >= (int) self->jobs->len)
    return;
  if (self->mode == YJ_COMPARE_WIPE && (guint) clip == self->left)
    self->left = self->current;
  self->current = (guint) clip;
  update (self);
}

static void
swap_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  YjComparePage *self = YJ_COMPARE_PAGE (widget);
  guint left = self->left;

  self->left = self->current;
  self->current = left;
  update (self);
}

static void
divide_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  YjComparePage *self = YJ_COMPARE_PAGE (widget);

  gtk_adjustment_set_value (self->border, gtk_adjustment_get_value (self->border) + g_variant_get_int32 (parameter) / 100.0);
}

static void
dragged_cb (YjComparePage *self,
            double         border)
{
  gtk_adjustment_set_value (self->border, border);
}

static void
idle_cb (YjComparePage *self)
{
  gboolean idle;

  g_object_get (self->frame, "idle", &idle, NULL);
  yj_compare_stage_hide_cursor (self->stage, idle);
}

static void
border_cb (YjComparePage *self)
{
  yj_compare_stage_divide (self->stage, gtk_adjustment_get_value (self->border));
}

static void
pick_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  YjComparePage *self = YJ_COMPARE_PAGE (widget);
  int clip = g_variant_get_int32 (parameter);
  GtkWidget *navigation = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);
  YjWindow *window = YJ_WINDOW (gtk_widget_get_root (widget));

  if (clip >= (int) self->jobs->len)
    return;
  yj_job_fold_pick (window, self->jobs->pdata[clip < 0 ? (int) self->current : clip], self->jobs);
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (navigation));
}

static void
download_again_cb (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  YjComparePage *self = YJ_COMPARE_PAGE (widget);
  YjWindow *window = YJ_WINDOW (gtk_widget_get_root (widget));
  int clip = g_variant_get_int32 (parameter);

  if (clip >= 0 && clip < (int) self->jobs->len)
    yj_job_queue_download_again (yj_session_get_queue (yj_window_get_session (window)), self->jobs->pdata[clip]);
}

/* ---- the page */

static void
yj_compare_page_root (GtkWidget *widget)
{
  YjComparePage *self = YJ_COMPARE_PAGE (widget);

  GTK_WIDGET_CLASS (yj_compare_page_parent_class)->root (widget);

  self->mpris = yj_mpris_new (YJ_TRANSPORT (self->compare), self->title, yj_job_get_cover (self->jobs->pdata[0]),
                              GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
yj_compare_page_unroot (GtkWidget *widget)
{
  YjComparePage *self = YJ_COMPARE_PAGE (widget);

  yj_compare_pause (self->compare);
  g_clear_object (&self->mpris);

  GTK_WIDGET_CLASS (yj_compare_page_parent_class)->unroot (widget);
}

static void
yj_compare_page_shown (AdwNavigationPage *page)
{
  yj_player_controls_focus (yj_player_frame_get_controls (YJ_COMPARE_PAGE (page)->frame));
}

static void
yj_compare_page_hiding (AdwNavigationPage *page)
{
  yj_player_frame_leave (YJ_COMPARE_PAGE (page)->frame);
}

static void
yj_compare_page_dispose (GObject *object)
{
  YjComparePage *self = YJ_COMPARE_PAGE (object);

  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  g_clear_object (&self->compare);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (yj_compare_page_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; int value; } keys[] = {
    { GDK_KEY_t, 0, "compare.mode", YJ_COMPARE_TILES },
    { GDK_KEY_w, 0, "compare.mode", YJ_COMPARE_WIPE },
    { GDK_KEY_b, 0, "compare.mode", YJ_COMPARE_SWITCH },
    { GDK_KEY_1, 0, "compare.clip", 0 },
    { GDK_KEY_2, 0, "compare.clip", 1 },
    { GDK_KEY_3, 0, "compare.clip", 2 },
    { GDK_KEY_4, 0, "compare.clip", 3 },
    { GDK_KEY_Left, GDK_SHIFT_MASK, "compare.divide", -2 },
    { GDK_KEY_Right, GDK_SHIFT_MASK, "compare.divide", 2 },
    { GDK_KEY_p, 0, "compare.pick", -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, "i", keys[i].value);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, 0, "compare.swap", NULL);
  yj_player_actions_add_keys (widget_class);
}

static void
yj_compare_page_class_init (YjComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_compare_page_dispose;
  widget_class->root = yj_compare_page_root;
  widget_class->unroot = yj_compare_page_unroot;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = yj_compare_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = yj_compare_page_hiding;

  gtk_widget_class_install_action (widget_class, "compare.mode", "i", mode_cb);
  gtk_widget_class_install_action (widget_class, "compare.clip", "i", clip_cb);
  gtk_widget_class_install_action (widget_class, "compare.swap", NULL, swap_cb);
  gtk_widget_class_install_action (widget_class, "compare.divide", "i", divide_cb);
  gtk_widget_class_install_action (widget_class, "compare.pick", "i", pick_cb);
  gtk_widget_class_install_action (widget_class, "compare.download-again", "i", download_again_cb);
  add_keys (widget_class);
}

static void
yj_compare_page_init (YjComparePage *self)
{
}

/* ---- its parts */

static GtkWidget *
new_line (const char *text,
          int         lines,
          const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_set_visible (label, *text != '\0');
  gtk_widget_set_hexpand (label, TRUE);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* Instead of what stands on it. */
static void
name_button (GtkWidget  *button,
             const char *name)
{
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_caption (YjComparePage *self,
             guint          clip,
             const char    *name,
             const char    *line)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *pick = gtk_button_new_with_label (_("Choose"));
  char letter[2] = { (char) ('A' + clip), '\0' };
  /* translators: %s: the letter of a video that is compared with others */
  g_autofree char *show = g_strdup_printf (_("Show and Hear %s"), letter);
  g_autofree char *choose = g_strdup_printf (_("Choose %s, and fold the others behind it"), letter);

  self->letters[clip] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (letter));
  name_button (GTK_WIDGET (self->letters[clip]), show);
  gtk_widget_set_valign (GTK_WIDGET (self->letters[clip]), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->letters[clip]), "circular");
  /* the target before the name: a name alone does not fit an action that takes a target */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (pick), "i", (int) clip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (pick), "compare.pick");
  name_button (pick, choose);
  gtk_widget_set_valign (pick, GTK_ALIGN_CENTER);
  self->sounds[clip] = gtk_image_new ();
  gtk_box_append (GTK_BOX (head), new_line (name, 1, NULL));
  gtk_box_append (GTK_BOX (head), self->sounds[clip]);
  gtk_box_append (GTK_BOX (words), head);
  gtk_box_append (GTK_BOX (words), new_line (line, 2, "caption"));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->letters[clip]));
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), pick);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (self->captions, row);
}

static void
letter_cb (GtkToggleButton *button,
           YjComparePage   *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    if (self->letters[i] == button)
      gtk_widget_activate_action (GTK_WIDGET (self), "compare.clip", "i", (int) i);
}

static GtkWidget *
new_modes (YjComparePage *self)
{
  static const struct { const char *label; const char *tooltip; } words[] = {
    { N_("Tiles"), N_("Beside each other") }, { N_("Wipe"), N_("One over the other, up to a border") }, { N_("A/B"), N_("One at a time") },
  };

  self->modes = ADW_TOGGLE_GROUP (adw_toggle_group_new ());
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, mode_names[i]);
      adw_toggle_set_label (toggle, _(words[i].label));
      adw_toggle_set_tooltip (toggle, _(words[i].tooltip));
      adw_toggle_group_add (self->modes, toggle);
    }
  g_signal_connect_object (self->modes, "notify::active-name", G_CALLBACK (modes_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->modes);
}

static void
fill (YjComparePage *self,
      YjJobQueue    *queue)
{
  GtkWidget *view = adw_toolbar_view_new (), *bar = adw_header_bar_new (), *bin = adw_breakpoint_bin_new ();
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 720sp"));
  g_auto(GStrv) names = NULL;
  g_auto(GStrv) lines = yj_compare_facts_list (queue, self->jobs, &names);
  g_auto(GValue) vertical = G_VALUE_INIT, close = G_VALUE_INIT;

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), new_modes (self));
  self->stage = yj_compare_stage_new (self->compare, self->jobs);
  g_signal_connect_object (self->stage, "divide", G_CALLBACK (dragged_cb), self, G_CONNECT_SWAPPED);
  self->border = gtk_adjustment_new (0.5, 0, 1, 0.02, 0.1, 0);
  g_signal_connect_object (self->border, "value-changed", G_CALLBACK (border_cb), self, G_CONNECT_SWAPPED);
  self->divider = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, self->border);
  gtk_scale_set_has_origin (GTK_SCALE (self->divider), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->divider), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Border"), -1);
  gtk_widget_set_tooltip_text (self->divider, _("Border"));
  self->captions = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18));
  gtk_box_set_homogeneous (self->captions, TRUE);
  g_object_set (self->captions, "margin-start", 6, "margin-end", 6, "margin-top", 6, NULL);
  for (guint i = 0; i < self->jobs->len; i++)
    {
      add_caption (self, i, names[i], lines[i]);
      g_signal_connect_object (self->letters[i], "clicked", G_CALLBACK (letter_cb), self, 0);
    }
  gtk_box_append (GTK_BOX (below), self->divider);
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->captions));
  self->frame = g_object_new (YJ_TYPE_PLAYER_FRAME, "player", self->compare, "stage", self->stage, "below", below, NULL);
  g_signal_connect_object (self->frame, "notify::idle", G_CALLBACK (idle_cb), self, G_CONNECT_SWAPPED);

  g_value_init (&vertical, GTK_TYPE_ORIENTATION);
  g_value_set_enum (&vertical, GTK_ORIENTATION_VERTICAL);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->captions), "orientation", &vertical);
  g_value_init (&close, G_TYPE_INT);
  g_value_set_int (&close, 6);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->captions), "spacing", &close);
  gtk_widget_set_size_request (bin, 320, 200);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), GTK_WIDGET (self->frame));
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);
  yj_keep_focus (bin, "current-breakpoint");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), bin);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("Compare"));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  yj_player_frame_set_page (self->frame, GTK_WIDGET (self), ADW_TOOLBAR_VIEW (view), bar);
  g_signal_connect_object (self->compare, "clip-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->title = g_strjoinv (" · ", names);
}

/* ---- what is to be compared */

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = yj_job_get_created (*(YjJob **) a), y = yj_job_get_created (*(YjJob **) b);

  return x < y ? -1 : x > y;
}

/* Of one alone: what lies behind it, and what was ordered with it. */
static void
add_takes (GPtrArray  *ready,
           YjJobQueue *queue,
           YjJob      *job)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    {
      g_autoptr(YjJob) other = g_list_model_get_item (G_LIST_MODEL (queue), i);
      gboolean behind = g_strcmp0 (yj_job_get_folded (other), yj_job_get_uuid (job)) == 0;
      gboolean together = yj_job_get_batch (job) != NULL && g_strcmp0 (yj_job_get_batch (other), yj_job_get_batch (job)) == 0;

      if (other != job && (behind || together) && yj_job_get_state (other) == YJ_JOB_READY && yj_job_get_file (other) != NULL)
        g_ptr_array_add (ready, g_steal_pointer (&other));
    }
}

/**
 * yj_compare_page_present:
 * @widget: a part of the gallery
 * @queue: the jobs
 * @jobs: (element-type YjJob): those to compare; one alone is compared with what lies behind it and what was ordered
 *   together with it
 *
 * Opens the page over the places of the window, the oldest first; says so where they are too few or too many.
 */
void
yj_compare_page_present (GtkWidget  *widget,
                         YjJobQueue *queue,
                         GPtrArray  *jobs)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr(GPtrArray) ready = g_ptr_array_new_with_free_func (g_object_unref), files = NULL;
  YjComparePage *self;

  g_return_if_fail (jobs != NULL);

  if (navigation == NULL || !YJ_IS_WINDOW (root))
    return;
  for (guint i = 0; i < jobs->len; i++)
    if (yj_job_get_state (jobs->pdata[i]) == YJ_JOB_READY && yj_job_get_file (jobs->pdata[i]) != NULL)
      g_ptr_array_add (ready, g_object_ref (jobs->pdata[i]));
  if (jobs->len == 1 && ready->len == 1)
    add_takes (ready, queue, jobs->pdata[0]);
  if (ready->len < 2 || ready->len > YJ_COMPARE_MOST)
    {
      g_autofree char *text = g_strdup_printf (_("At most %d videos can be compared at once: select those"), YJ_COMPARE_MOST);

      yj_window_add_toast (YJ_WINDOW (root), adw_toast_new (ready->len < 2 ? _("Select at least two finished videos to compare") : text));
      return;
    }
  g_ptr_array_sort (ready, compare_times);
  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < ready->len; i++)
    g_ptr_array_add (files, g_object_ref (yj_job_get_file (ready->pdata[i])));
  self = g_object_new (YJ_TYPE_COMPARE_PAGE, NULL);
  self->jobs = g_steal_pointer (&ready);
  self->compare = yj_compare_new (files, yj_plainness_get (widget));
  fill (self, queue);
  update (self);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (self));
  yj_compare_play (self->compare);
}
