/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the platform's own document bounds: what is at the bound is sent, a step beyond it is refused, with a sentence
 * that names the value and the bound. As in test-limits.c the figures stand here a second time, written by hand.
 */
#include "catalog-test.h"
#include "yj-test-language.h"
#include "yj-limit-private.h"

static YjCatalog *catalog;
static gboolean chinese;        /* the same sentences are read in Chinese */

#define LEAST '<'
#define MOST '>'

typedef struct
{
  const char *models;           /* ids, separated by spaces */
  const char *place;            /* role of a slot, or meaning of a parameter */
  char        side;
  int         bound;
  const char *says;             /* in the sentence, in English */
} Row;

#define HAPPYHORSE "t2v/happyhorse-1.0-t2v i2v/happyhorse-1.0-i2v r2v/happyhorse-1.0-r2v"
#define SEEDANCE_I2V "i2v/doubao-seedance-2-0-260128 i2v/doubao-seedance-2-0-fast-260128 i2v/doubao-seedance-1-5-pro-251215"
#define SEEDANCE "t2v/doubao-seedance-2-0-260128 t2v/doubao-seedance-2-0-fast-260128 t2v/dreamina-seedance-2-0-260128 " \
                 "t2v/dreamina-seedance-2-0-fast-260128 t2v/doubao-seedance-1-5-pro-251215 r2v/doubao-seedance-2-0-260128 " SEEDANCE_I2V
#define WAN_I2V "i2v/wan2.6-i2v i2v/wan2.6-i2v-flash"
#define VIDU_I2V "i2v/viduq3-pro i2v/viduq2-turbo"
#define VIDU "t2v/viduq3-pro " VIDU_I2V

static const Row rows[] = {
  { VIDU, "duration", LEAST, 1, "“0” is not possible for Duration. Choose a whole number from 1 to 16." },
  { VIDU, "duration", MOST, 16, "“17” is not possible for Duration. Choose a whole number from 1 to 16." },
  { HAPPYHORSE " " SEEDANCE, "duration", LEAST, 1, "“0” is not possible for Duration. Choose a whole number of at least 1." },
  { SEEDANCE_I2V " i2v/happyhorse-1.0-i2v " WAN_I2V " " VIDU_I2V, "first-frame", MOST, 1,
    "There are 2 for First Frame; the platform takes at most 1." },
  { SEEDANCE_I2V " " WAN_I2V " " VIDU_I2V, "last-frame", MOST, 1, "There are 2 for Last Frame; the platform takes at most 1." },
  { "r2v/happyhorse-1.0-r2v", "reference-images", MOST, 9, "There are 10 for Reference Images; the platform takes at most 9." },
};

/* ---- the shipped file says the same */
static void
tell (GHashTable *found,
      YjModel    *model,
      const char *place,
      char        side,
      gint64      bound)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GStrv) models = g_strsplit (rows[i].models, " ", -1);

      if (g_strv_contains ((const char * const *) models, yj_model_get_id (model)) && g_str_equal (rows[i].place, place) &&
          rows[i].side == side && rows[i].bound == bound)
        {
          g_assert_true (g_hash_table_add (found, g_strdup_printf ("%s/%s/%c", yj_model_get_id (model), place, side)));
          return;
        }
    }
  g_error ("models.json has a bound that the second table does not have: %s %s %c%d", yj_model_get_id (model), place, side, (int) bound);
}

static void
tell_model (GHashTable *found,
            YjModel    *model)
{
  GListModel *parameters = yj_model_get_parameters (model), *slots = yj_model_get_slots (model);

  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);
      const char *meaning = yj_parameter_get_meaning (parameter);
      gint64 minimum, maximum;

      if (yj_parameter_get_value_type (parameter) != YJ_PARAMETER_INTEGER || yj_parameter_get_allowed (parameter) != NULL)
        continue;
      if (yj_parameter_get_range (parameter, &minimum, &maximum))
        tell (found, model, meaning, MOST, maximum);
      tell (found, model, meaning, LEAST, minimum);
    }
  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      if (yj_slot_get_maximum (slot) > 0)
        tell (found, model, yj_slot_role_to_string (yj_slot_get_role (slot)), MOST, yj_slot_get_maximum (slot));
    }
}

static void
test_same (void)
{
  g_autoptr(GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);

      tell_model (found, model);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GStrv) models = g_strsplit (rows[i].models, " ", -1);

      n += g_strv_length (models);
    }
  g_assert_cmpuint (g_hash_table_size (found), ==, n);
}

/* ---- drafts at and beyond a bound */

/* It is in the language of the run, all of it. */
static void
check_language (const char *message)
{
  g_test_message ("%s", message);
  g_assert_true ((strstr (message, "。") != NULL) == chinese);
}

/* The sentence on what the platform refuses and is never sent; empty when there is nothing. */
static const char *
find_error (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);

      if (problem->severity == YJ_PROBLEM_ERROR)
        return problem->message;
    }

  return "";
}

static YjDraft *
new_draft (YjModel    *model,
           const char *place,
           int         value)
{
  YjSlotRole role = YJ_SLOT_FIRST_FRAME;
  gboolean in_slot = yj_slot_role_from_string (place, &role);
  YjDraft *draft = new_plain_draft (model, in_slot ? (int) role : -1);
  g_autofree char *text = g_strdup_printf ("%d", value);

  if (!in_slot)
    yj_draft_set_value (draft, place, text);
  /* a full slot lets nothing in: it is filled past that as only a fault of ours could */
  for (int i = 0; in_slot && i < value; i++)
    {
      g_autoptr(YjDraftFile) file = new_file (NAME, YJ_MEDIA_KIND_IMAGE);

      yj_draft_file_set_facts (file, 200000, 1000, 1000, 0);
      g_list_store_append (G_LIST_STORE (yj_draft_get_files (draft, role)), file);
    }
  return draft;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_auto(GStrv) models = g_strsplit (row->models, " ", -1);

  for (guint i = 0; models[i] != NULL; i++)
    {
      YjModel *model = yj_catalog_find_by_id (catalog, models[i]);
      int beyond = row->bound + (row->side == MOST ? 1 : -1);
      g_autoptr(YjDraft) at = new_draft (model, row->place, row->bound), past = new_draft (model, row->place, beyond);
      g_autoptr(GPtrArray) fine = yj_draft_validate (at), refused = yj_draft_validate (past);
      g_autofree char *is = g_strdup_printf ("%d", beyond), *can = g_strdup_printf ("%d", row->bound);

      g_assert_cmpstr (find_error (fine), ==, "");
      check_language (find_error (refused));
      assert_says (find_error (refused), chinese ? is : row->says);
      assert_says (find_error (refused), chinese ? can : row->says);
    }
}

/* Words where a number is asked for, and where Y or N is. */
static void
test_words (void)
{
  static const char own[] =
    "{\"version\": 1, \"models\": [{\"id\": \"own\", \"mode\": \"t2v\", \"name\": \"own\", \"llmid\": \"own\", \"parameters\": "
    "[{\"name\": \"quiet\", \"type\": \"switch\"}]}]}";
  static const struct { const char *model, *field, *value, *can; } looks[] = {
    { "t2v/viduq3-pro", "duration", "five", "Choose a whole number from 1 to 16." },
    { "t2v/happyhorse-1.0-t2v", "duration", "5.5", "Choose a whole number of at least 1." },
    { "t2v/viduq3-pro", "off_peak", "perhaps", "Choose one of: Y, N." },
    { "own", "quiet", "perhaps", "Choose Y or N." },
  };
  g_autoptr(YjCatalog) with_own = yj_catalog_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (yj_catalog_overlay (with_own, own, -1, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (with_own, looks[i].model));
      g_autofree char *is = g_strdup_printf ("“%s”", looks[i].value);
      g_autoptr(GPtrArray) problems = NULL;

      yj_draft_set_prompt (draft, "p");
      yj_draft_set_value (draft, looks[i].field, looks[i].value);
      problems = yj_draft_validate (draft);
      check_language (find_error (problems));
      assert_says (find_error (problems), is);
      assert_says (find_error (problems), chinese ? "" : looks[i].can);
    }
}

/* All the slots of a model together: as many as each may hold by itself, and one more. */
static void
test_total_files (void)
{
  for (int past = 0; past < 2; past++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "r2v/doubao-seedance-2-0-260128"));
      g_autoptr(GPtrArray) problems = NULL;
      const YjProblem *problem = NULL;
      int bound = past ? 15 : 12;

      for (int i = 0; i < 9 + past; i++)
        add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "plain");
      for (int i = 0; i < 3; i++)
        add_plain (draft, YJ_SLOT_REFERENCE_VIDEOS, past || i < 2 ? "plain" : "thirteenth");
      for (int i = 0; i < 3; i++)
        add_plain (draft, YJ_SLOT_REFERENCE_AUDIO, past ? (i == 2 ? NAME : "plain") : i == 0 ? NAME : "plain");
      problems = yj_draft_validate (draft);
      for (guint i = 0; i < problems->len; i++)
        if ((int) ((YjProblem *) g_ptr_array_index (problems, i))->bound == bound && problem == NULL)
          problem = g_ptr_array_index (problems, i);
      g_assert_nonnull (problem);
      check_language (problem->message);
      g_assert_cmpint ((int) problem->severity, ==, past ? YJ_PROBLEM_LIMIT : YJ_PROBLEM_NOTE);
      g_assert_cmpint ((int) problem->value, ==, 15 + past);
      assert_says (problem->message, NAME);
      assert_says (problem->message, chinese ? (past ? "16" : "15") : past ? "there are 16 files;" : "there are 15 files;");
      assert_says (problem->message, chinese ? (past ? "15" : "12") : past ? "at most 15 in all." : "at most 12 in all.");
    }
}

int
main (int   argc,
      char *argv[])
{
  chinese = yj_test_set_language (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/contract/same", test_same);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/contract/%s/%u", rows[i].place, i);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/contract/words", test_words);
  g_test_add_func ("/contract/total-files", test_total_files);
  return g_test_run ();
}
