/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-generate-bar"

#include "yj-generate-bar.h"

#include <glib/gi18n.h>

#include "yj-cap-ask.h"
#include "yj-cheap.h"
#include "yj-draft-summary.h"
#include "yj-error-text.h"
#include "yj-long-toast.h"
#include "yj-models-dialog.h"
#include "yj-notes.h"
#include "yj-order.h"
#include "yj-send-dialog.h"
#include "yj-usual-words.h"
#include "yj-window.h"

#define MOST_PICTURES 2
#define CALM_US (G_USEC_PER_SEC)        /* after Generate: a double click or a held key is meant once */

struct _YjGenerateBar
{
  AdwBin          parent_instance;

  GtkButton      *summary_button;
  GtkBox         *pictures;
  GtkLabel       *more_pictures;
  GtkLabel       *summary;
  GtkLabel       *usual;
  AdwSplitButton *button;
  GtkSpinButton  *takes;
  GtkLabel       *cheap_words;
  GtkPopover     *popover;

  YjSession      *session;
  YjDraft        *draft;        /* on show */
  gboolean        awaited;      /* files are still on their way into it */
  gboolean        blocked;      /* the platform's contract forbids it as it is */
  gint64          calm_until;
  char           *last;         /* what was ordered last, as JSON */
  GPtrArray      *orders;       /* of YjDraft, on their way into the queue; NULL: none is */
  YjDraft        *full;         /* what the one is a cheap try of; NULL: it is none */
  char           *batch;
  guint           n_takes;
  gboolean        force;
  gboolean        rest;         /* the order is of what is left of another one */
  gboolean        asking;       /* whether to send what goes beyond a limit */
  GPtrArray      *left;         /* of YjDraft: those of the last order that did not get into the queue; NULL: all did */
  guint           left_takes;
  guint           left_done;    /* how many of that order did */
  gboolean        left_force;
  char           *left_batch;
  char           *left_text;    /* what is said of it */
  YjPlatform     *left_platform;
  AdwToast       *left_toast;   /* offers to order those; weak */
  gboolean        refocus;      /* the button had the keyboard focus, which it cannot have while it is off */
  GCancellable   *cancellable;
};

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_ORDERED,
  N_SIGNALS,
} YjGenerateBarSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjGenerateBar, yj_generate_bar, ADW_TYPE_BIN)

static YjWindow *
get_window (YjGenerateBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return YJ_IS_WINDOW (root) ? YJ_WINDOW (root) : NULL;
}

static guint
get_takes (YjGenerateBar *self)
{
  return (guint) gtk_spin_button_get_value_as_int (self->takes);
}

/* ---- what is shown */

/* The first pictures and clips that go with it, and how many more there are; sounds have nothing to be seen. */
static void
show_pictures (YjGenerateBar *self)
{
  GListModel *slots = yj_model_get_slots (yj_draft_get_model (self->draft));
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->pictures));
  g_autofree char *more = NULL;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);
      GListModel *files = yj_draft_get_files (self->draft, yj_slot_get_role (slot));

      for (guint j = 0; j < g_list_model_get_n_items (files); j++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, j);

          if (yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_AUDIO || ++n > MOST_PICTURES)
            continue;
          /* first: for what comes into a box that is hidden no room would be made */
          gtk_widget_set_visible (GTK_WIDGET (self->pictures), TRUE);
          if (child == NULL)
            {
              child = yj_send_dialog_new_picture (32, -1);
              gtk_box_append (self->pictures, child);
            }
          yj_send_dialog_set_picture (child, file);
          gtk_widget_set_visible (child, TRUE);
          child = gtk_widget_get_next_sibling (child);
        }
    }
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), n > 0);
  more = n > MOST_PICTURES ? g_strdup_printf ("+%u", n - MOST_PICTURES) : g_strdup ("");
  gtk_label_set_label (self->more_pictures, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_pictures), n > MOST_PICTURES);
}

static char *
dup_summary (YjGenerateBar *self)
{
  g_autofree char *words = yj_draft_summary_dup (self->draft);
  guint n = get_takes (self);

  if (n == 1)
    return g_steal_pointer (&words);

  /* translators: %1$d: a number of takes, more than one, %2$s: what is sent for each: "To HappyHorse 1.0: the prompt, 5 s" */
  return g_strdup_printf (ngettext ("%1$d take. %2$s", "%1$d takes. %2$s", n), (int) n, words);
}

/* In the menu: what a cheap try would be. */
static void
show_cheap (YjGenerateBar *self)
{
  g_autoptr(YjDraft) cheap = yj_cheap_new_draft (self->draft);
  g_autofree char *words = cheap != NULL ? yj_draft_summary_dup_difference (cheap, self->draft) : NULL;

  gtk_label_set_label (self->cheap_words, words != NULL ? words : _("This is as small and short as the model allows"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "generate.cheap", cheap != NULL && !self->blocked && self->orders == NULL &&
                                 yj_draft_get_value (self->draft, "llmid") != NULL);
}

/**
 * yj_generate_bar_show:
 * @self: a bar with a session
 * @draft: what is to be made
 * @problems: (element-type YjProblem): what is wrong with it
 *
 * Says what will be sent, or what keeps it from being sent.
 *
 * Returns: whether Generate may be pressed
 */
gboolean
yj_generate_bar_show (YjGenerateBar *self,
                      YjDraft       *draft,
                      GPtrArray     *problems)
{
  const YjProblem *obstacle = yj_notes_find_obstacle (problems);
  gboolean platform = yj_session_get_platform (self->session) != NULL;
  g_autofree char *text = NULL, *usual = NULL;
  gboolean ready;

  g_set_object (&self->draft, draft);
  self->blocked = obstacle != NULL || !platform || self->awaited;
  ready = !self->blocked && self->orders == NULL;
  if (self->orders != NULL)
    text = g_strdup (_("Putting the files into the library…"));
  else if (!platform)
    text = g_strdup (_("Enter an API key, or try without an account, to generate."));
  else if (self->awaited)
    text = g_strdup (_("The files are being looked into…"));
  else
    text = self->blocked ? g_strdup (obstacle->message) : dup_summary (self);
  usual = ready ? yj_usual_words_dup (yj_session_get_queue (self->session), draft, get_takes (self)) : NULL;

  gtk_label_set_label (self->summary, text);
  gtk_label_set_label (self->usual, usual != NULL ? usual : "");
  gtk_widget_set_visible (GTK_WIDGET (self->usual), usual != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->summary_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, usual != NULL ? usual : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  show_pictures (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "generate.models", platform && !self->awaited && self->orders == NULL);
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    show_cheap (self);

  return ready;
}

/**
 * yj_generate_bar_set_awaited:
 * @self: a bar
 * @awaited: whether files are still on their way into the draft on show
 *
 * What is not whole yet is not sent. Heard with the next yj_generate_bar_show().
 *
 * Returns: whether that is different from before
 */
gboolean
yj_generate_bar_set_awaited (YjGenerateBar *self,
                             gboolean       awaited)
{
  gboolean before;

  g_return_val_if_fail (YJ_IS_GENERATE_BAR (self), FALSE);

  before = self->awaited;
  self->awaited = awaited;
  return before != awaited;
}

static void
popover_cb (YjGenerateBar *self)
{
  if (self->draft != NULL)
    show_cheap (self);
}

static void
takes_cb (YjGenerateBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- into the queue */

static void
clear_orders (YjGenerateBar *self)
{
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_object (&self->full);
  g_clear_pointer (&self->batch, g_free);
}

/* What is ordered now takes the place of what is left of the last order: that is not offered beside it. */
static void
clear_left (YjGenerateBar *self)
{
  AdwToast *toast = self->left_toast;

  g_clear_weak_pointer (&self->left_toast);
  if (toast != NULL)
    adw_toast_dismiss (toast);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->left_batch, g_free);
  g_clear_pointer (&self->left_text, g_free);
  g_clear_object (&self->left_platform);
}

/* The button is on again: the focus goes back to it where nobody took it elsewhere. */
static void
end_orders (YjGenerateBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  clear_orders (self);
  self->rest = FALSE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (self->refocus && root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
  self->refocus = FALSE;
}

static void order_left_cb (YjGenerateBar *self);

static void
show_left (YjGenerateBar *self)
{
  AdwToast *toast;

  if (get_window (self) == NULL)
    return;
  toast = yj_long_toast_new (self->left_text);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (toast, _("Order the Rest"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (order_left_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->left_toast, toast);
  yj_window_add_toast (get_window (self), toast);
}

/* Some are in the queue and some are not: whoever would order all of them again would pay the first ones twice. */
static void
keep_left (YjGenerateBar *self,
           GPtrArray     *left,
           guint          n_done,
           const GError  *error)
{
  g_autofree char *reason = yj_error_text_dup (error), *batch = g_strdup (self->batch);

  clear_left (self);
  self->left = g_ptr_array_ref (left);
  self->left_takes = self->n_takes;
  self->left_done = n_done;
  self->left_force = self->force;
  self->left_batch = g_steal_pointer (&batch);
  g_set_object (&self->left_platform, yj_session_get_platform (self->session));
  /* translators: %1$d: how many models a video was ordered from, %2$d: of how many, %3$s: a sentence that says why the
     others could not be */
  self->left_text = g_strdup_printf (ngettext ("%1$d of %2$d was ordered. %3$s", "%1$d of %2$d were ordered. %3$s", n_done),
                                     (int) n_done, (int) (n_done + left->len), reason);
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(YjGenerateBar) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) left = NULL;
  guint n_ordered = yj_order_add_finish (YJ_JOB_QUEUE (object), result, &left, &error), n_done;

  if (self->orders == NULL)     /* disposed of */
    return;

  n_done = n_ordered + (self->rest ? self->left_done : 0);
  self->calm_until = g_get_monotonic_time () + CALM_US;
  if (n_ordered > 0)
    gtk_spin_button_set_value (self->takes, 1);         /* several are ordered only by saying so each time */
  if (left->len > 0 && n_done > 0)
    keep_left (self, left, n_done, error);
  else
    clear_left (self);
  end_orders (self);
  if (left->len == 0)
    g_signal_emit (self, signals[SIGNAL_ORDERED], 0);
  else if (n_done > 0)
    show_left (self);
  else if (get_window (self) != NULL)
    yj_window_show_error (get_window (self), error);
}

static void
cap_cb (gboolean go,
        gpointer user_data)
{
  g_autoptr(YjGenerateBar) self = user_data;
  YjJobOrder order = { .n_takes = self->n_takes, .batch = self->batch, .full = self->full };
  gboolean rest = self->rest;

  if (self->orders == NULL)     /* disposed of */
    return;
  if (go)
    {
      yj_order_add_async (yj_session_get_queue (self->session), self->orders, &order, self->force, self->cancellable, added_cb,
                          g_object_ref (self));
      return;
    }
  g_clear_pointer (&self->last, g_free);
  end_orders (self);
  if (rest && self->left != NULL)
    show_left (self);
}

static void
start_orders (YjGenerateBar *self,
              gboolean       force)
{
  self->force = force;
  self->refocus = gtk_widget_get_focus_child (GTK_WIDGET (self->button)) != NULL;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  /* until it is answered nothing else can be ordered */
  yj_cap_ask (GTK_WIDGET (self), yj_session_get_queue (self->session), self->orders, self->n_takes, cap_cb, g_object_ref (self));
}

/* @drafts are copies, or the one on show; @full: what the one is a cheap try of, or %NULL. Both are taken over. */
static void
order (YjGenerateBar *self,
       GPtrArray     *drafts,
       YjDraft       *full,
       gboolean       force)
{
  self->orders = drafts;
  self->full = full;
  gtk_spin_button_update (self->takes);         /* typed, and not yet confirmed */
  self->n_takes = get_takes (self);
  self->batch = drafts->len * self->n_takes > 1 ? g_uuid_string_random () : NULL;
  start_orders (self, force);
}

/* As it was asked for and agreed to then: as often each, and together with those that are there. */
static void
order_left_cb (YjGenerateBar *self)
{
  if (self->left == NULL || self->orders != NULL || self->session == NULL)
    return;
  /* what was tried is not paid for elsewhere */
  if (yj_session_get_platform (self->session) != self->left_platform)
    {
      clear_left (self);
      return;
    }

  self->orders = g_ptr_array_ref (self->left);
  self->n_takes = self->left_takes;
  self->batch = g_strdup (self->left_batch);
  self->rest = TRUE;
  start_orders (self, self->left_force);
}

static GPtrArray *
array_of (YjDraft *draft)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (array, g_object_ref (draft));
  return array;
}

/* Whoever presses twice, or holds the key, means it once: each press while it is not calm puts that off. What has changed
   since is meant anew. */
static gboolean
is_calm (YjGenerateBar *self,
         YjDraft       *draft)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *json = yj_draft_to_json (draft);

  if (self->orders == NULL && !self->asking && (now >= self->calm_until || g_strcmp0 (json, self->last) != 0))
    {
      g_set_str (&self->last, json);
      return TRUE;
    }

  self->calm_until = now + CALM_US;
  return FALSE;
}

/* ---- beyond a limit: asked first */

typedef struct
{
  YjGenerateBar *bar;
  GPtrArray     *drafts;
  YjDraft       *full;
  char          *json;          /* of the first one, as it was asked about */
} Asked;

static void generate (YjGenerateBar *self, YjDraft *draft, YjDraft *full);

static void
force_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Asked *asked = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);
  YjDraft *draft = g_ptr_array_index (asked->drafts, 0);
  g_autofree char *json = yj_draft_to_json (draft);

  asked->bar->asking = FALSE;
  if (g_strcmp0 (response, "generate") == 0 && asked->bar->orders == NULL && asked->bar->session != NULL)
    {
      /* a file that another program opens with us may have come meanwhile */
      if (g_str_equal (json, asked->json))
        order (asked->bar, g_steal_pointer (&asked->drafts), g_steal_pointer (&asked->full), TRUE);
      else if (!asked->bar->blocked)
        generate (asked->bar, draft, asked->full);
    }
  g_free (asked->json);
  g_clear_pointer (&asked->drafts, g_ptr_array_unref);
  g_clear_object (&asked->full);
  g_object_unref (asked->bar);
  g_free (asked);
}

/* Sends them, or asks first where one goes beyond a limit. Takes both over. */
static void
order_or_ask (YjGenerateBar *self,
              GPtrArray     *drafts,
              YjDraft       *full)
{
  g_autofree char *limits = yj_draft_summary_dup_limits (drafts), *body = NULL;
  AdwAlertDialog *dialog;
  Asked *asked;

  if (limits == NULL)
    {
      order (self, drafts, full, FALSE);
      return;
    }

  body = g_strconcat (_("What is attached or set goes beyond what the model is documented to take. "
                        "It will probably be refused, or charged for nothing.\n"), limits, NULL);
  self->asking = TRUE;          /* each answer orders: there is one question at a time */
  asked = g_new0 (Asked, 1);
  asked->bar = g_object_ref (self);
  asked->drafts = drafts;
  asked->full = full;
  asked->json = yj_draft_to_json (g_ptr_array_index (drafts, 0));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Generate Anyway?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "generate", _("_Generate Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "generate", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, force_cb, asked);
}

static void
generate (YjGenerateBar *self,
          YjDraft       *draft,
          YjDraft       *full)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (draft);
  const YjProblem *worst = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;

  if ((worst == NULL || worst->severity != YJ_PROBLEM_ERROR) && is_calm (self, draft))
    order_or_ask (self, array_of (draft), full != NULL ? g_object_ref (full) : NULL);
}

/**
 * yj_generate_bar_generate:
 * @self: a bar that shows a draft
 *
 * Orders what is on show, as often as chosen. Pressed again at once, it does nothing.
 */
void
yj_generate_bar_generate (YjGenerateBar *self)
{
  g_return_if_fail (YJ_IS_GENERATE_BAR (self));

  if (self->draft != NULL && !self->blocked)
    generate (self, self->draft, NULL);
}

static void
cheap_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  YjGenerateBar *self = YJ_GENERATE_BAR (widget);
  g_autoptr(YjDraft) cheap = yj_cheap_new_draft (self->draft);

  gtk_popover_popdown (self->popover);
  if (cheap != NULL && !self->blocked)
    generate (self, cheap, self->draft);
}

static void
models_chosen_cb (GPtrArray *drafts,
                  gpointer   user_data)
{
  YjGenerateBar *self = YJ_GENERATE_BAR (user_data);

  if (drafts->len > 0 && is_calm (self, g_ptr_array_index (drafts, 0)))
    order_or_ask (self, g_ptr_array_ref (drafts), NULL);
}

static void
models_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  YjGenerateBar *self = YJ_GENERATE_BAR (widget);

  gtk_popover_popdown (self->popover);
  yj_models_dialog_present (widget, yj_session_get_catalog (self->session), yj_session_get_queue (self->session), self->draft,
                            self->left, get_takes (self), models_chosen_cb, self);
}

static void
details_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  YjGenerateBar *self = YJ_GENERATE_BAR (widget);

  gtk_popover_popdown (self->popover);
  if (self->draft != NULL)
    adw_dialog_present (yj_send_dialog_new (self->draft, yj_session_get_queue (self->session), get_takes (self)), widget);
}

/* ---- type */

static void
yj_generate_bar_dispose (GObject *object)
{
  YjGenerateBar *self = YJ_GENERATE_BAR (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_GENERATE_BAR);
  clear_orders (self);
  clear_left (self);
  g_clear_pointer (&self->last, g_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_generate_bar_parent_class)->dispose (object);
}

static void
yj_generate_bar_class_init (YjGenerateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_generate_bar_dispose;

  /**
   * YjGenerateBar::changed:
   *
   * What it would do, or whether it can do it now, is different: yj_generate_bar_show() is due.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YJ_TYPE_GENERATE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * YjGenerateBar::ordered:
   *
   * All that was ordered is in the queue.
   */
  signals[SIGNAL_ORDERED] = g_signal_new ("ordered", YJ_TYPE_GENERATE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "generate.cheap", NULL, cheap_action);
  gtk_widget_class_install_action (widget_class, "generate.models", NULL, models_action);
  gtk_widget_class_install_action (widget_class, "generate.details", NULL, details_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-generate-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, summary_button);
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, pictures);
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, more_pictures);
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, summary);
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, usual);
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, button);
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, takes);
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, cheap_words);
  gtk_widget_class_bind_template_child (widget_class, YjGenerateBar, popover);
  gtk_widget_class_bind_template_callback (widget_class, takes_cb);
}

static void
yj_generate_bar_init (YjGenerateBar *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "show", G_CALLBACK (popover_cb), self, G_CONNECT_SWAPPED);
}

static void
job_ended_cb (YjGenerateBar *self)
{
  /* it may have taught something */
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_generate_bar_set_session:
 * @self: a bar
 * @session: (nullable): whose queue takes the jobs
 */
void
yj_generate_bar_set_session (YjGenerateBar *self,
                             YjSession     *session)
{
  g_return_if_fail (YJ_IS_GENERATE_BAR (self));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (yj_session_get_queue (self->session), job_ended_cb, self);
  if (g_set_object (&self->session, session))
    clear_left (self);
  if (session != NULL)
    g_signal_connect_object (yj_session_get_queue (session), "job-ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED);
}
