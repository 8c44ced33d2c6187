/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well each model takes what is attached; and that nothing is lost by going from one to the next. */
#include "catalog-test.h"

static YjCatalog *catalog;

#define HAPPYHORSE_I2V "i2v/happyhorse-1.0-i2v"
#define HAPPYHORSE_R2V "r2v/happyhorse-1.0-r2v"
#define SEEDANCE_I2V "i2v/doubao-seedance-2-0-260128"
#define SEEDANCE_R2V "r2v/doubao-seedance-2-0-260128"
#define TEXT "t2v/wan2.6-t2v"
#define WAN_I2V "i2v/wan2.6-i2v"

/* Attached under Seedance 2.0 references: p, P (6100 px wide), n (too narrow for all), v, V (17 s), x (1 s), a, A (1 s). */
static void
attach_letters (YjDraft    *draft,
                const char *letters)
{
  for (const char *p = letters; *p != '\0'; p++)
    {
      YjSlotRole role = strchr ("pPn", *p) != NULL ? YJ_SLOT_REFERENCE_IMAGES : strchr ("vVx", *p) != NULL ? YJ_SLOT_REFERENCE_VIDEOS
                        : YJ_SLOT_REFERENCE_AUDIO;
      YjDraftFile *file = add_plain (draft, role, "f");

      if (*p == 'P')
        yj_draft_file_set_facts (file, 200000, 6100, 4000, 0);
      else if (*p == 'n')
        yj_draft_file_set_facts (file, 200000, 500, 2500, 0);
      else if (*p == 'V' || *p == 'v')
        yj_draft_file_set_facts (file, 200000, 1280, 720, (*p == 'V' ? 17 : 4) * G_GINT64_CONSTANT (1000000000));
      else if (*p == 'x')
        yj_draft_file_set_facts (file, 200000, 1280, 720, G_GINT64_CONSTANT (1000000000));
      else if (*p == 'A')
        yj_draft_file_set_facts (file, 200000, 0, 0, G_GINT64_CONSTANT (1000000000));
    }
}

typedef struct
{
  const char *files;
  const char *model;
  const char *text;             /* NULL: nothing is attached */
} Row;

static const Row rows[] = {
  { "", SEEDANCE_R2V, NULL },
  { "p", SEEDANCE_R2V, "Takes all" },
  { "ppvva", SEEDANCE_R2V, "Takes all" },
  { "pppppppppvvvaaa", SEEDANCE_R2V, "Takes all" },
  { "pppppppppp", SEEDANCE_R2V, "Takes 9 of 10: too many pictures" },
  { "pvvvvv", SEEDANCE_R2V, "Takes 4 of 6: too many videos" },
  { "pppppppppppvvvv", SEEDANCE_R2V, "Takes 12 of 15: too many pictures, too many videos" },
  { "pP", SEEDANCE_R2V, "Needs Fix" },
  { "pV", SEEDANCE_R2V, "Needs Fix" },
  { "pA", SEEDANCE_R2V, "Needs Fix" },
  { "px", SEEDANCE_R2V, "Takes 1 of 2: a video is too short" },
  { "Ppx", SEEDANCE_R2V, "Takes 2 of 3: a video is too short; needs Fix" },
  { "a", SEEDANCE_R2V, "Takes none: a sound needs a picture or a video beside it" },
  { "p", TEXT, "Takes none: no pictures" },
  { "pva", TEXT, "Takes none: no pictures, no videos, no sounds" },
  { "p", HAPPYHORSE_I2V, "Takes all" },
  { "P", HAPPYHORSE_I2V, "Takes all" },
  { "n", HAPPYHORSE_I2V, "Needs Fix" },
  { "pp", HAPPYHORSE_I2V, "Takes 1 of 2: too many pictures" },
  { "pp", SEEDANCE_I2V, "Takes all" },
  { "ppv", SEEDANCE_I2V, "Takes 2 of 3: no videos" },
  { "pppv", SEEDANCE_I2V, "Takes 2 of 4: no videos, too many pictures" },
  { "P", WAN_I2V, "Needs Fix" },
  { "ppppppppp", HAPPYHORSE_R2V, "Takes all" },
  { "pppppppppp", HAPPYHORSE_R2V, "Takes 9 of 10: too many pictures" },
  { "pppva", HAPPYHORSE_R2V, "Takes 3 of 5: no videos, no sounds" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE_R2V));
      g_autofree char *before = NULL, *after = NULL, *text = NULL;
      g_autoptr(YjFit) fit = NULL;

      attach_letters (draft, rows[i].files);
      before = yj_draft_to_json (draft);
      fit = yj_draft_fit (draft, yj_catalog_find_by_id (catalog, rows[i].model));
      text = yj_fit_dup_text (fit);
      g_test_message ("%s for %s", rows[i].files, rows[i].model);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpuint (fit->total, ==, strlen (rows[i].files));
      after = yj_draft_to_json (draft);
      g_assert_cmpstr (after, ==, before);
    }
}

/* What the meter says is what happens. */
static void
test_true (void)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE_R2V));
      g_autoptr(YjFit) fit = NULL, again = NULL;

      attach_letters (draft, "pppva");
      fit = yj_draft_fit (draft, model);
      yj_draft_set_model (draft, model);
      g_assert_cmpuint (g_list_model_get_n_items (yj_draft_get_parked (draft)), ==, fit->total - fit->taken);
      again = yj_draft_fit (draft, model);
      g_assert_cmpuint (again->taken, ==, fit->taken);
      g_assert_cmpint (again->verdict, ==, fit->verdict);
    }
}

/* Through all models and back: every file is where it was, in its order. */
static void
test_there_and_back (void)
{
  YjModel *home = yj_catalog_find_by_id (catalog, SEEDANCE_R2V);
  g_autoptr(YjDraft) draft = yj_draft_new (home);
  g_autofree char *before = NULL, *after = NULL;

  yj_draft_set_prompt (draft, "p");
  attach_letters (draft, "pPnpvVxaA");
  yj_draft_set_value (draft, "ratio", "9:21");
  yj_draft_set_value (draft, "duration", "7");
  before = yj_draft_to_json (draft);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      guint n;

      yj_draft_set_model (draft, model);
      n = g_list_model_get_n_items (yj_draft_get_parked (draft));
      for (int role = 0; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
        n += count (draft, role);
      g_assert_cmpuint (n, ==, 9);
    }
  yj_draft_set_model (draft, home);
  after = yj_draft_to_json (draft);
  /* what a model with sizes was given in between stays aside */
  g_assert_true (g_str_has_prefix (after, "{\"model\""));
  g_assert_cmpstr (strstr (after, "\"files\""), ==, strstr (before, "\"files\""));
  g_assert_cmpstr (yj_draft_get_value (draft, "ratio"), ==, "9:21");
  g_assert_cmpstr (yj_draft_get_value (draft, "duration"), ==, "7");
}

/* One that is gone is told of and not sent; how well a model takes it is another matter. */
static void
test_lost (void)
{
  static const YjFileState states[] = { YJ_FILE_GONE, YJ_FILE_UNREADABLE, YJ_FILE_UNUSABLE, YJ_FILE_THERE };
  YjModel *model = yj_catalog_find_by_id (catalog, SEEDANCE_R2V);
  g_autoptr(YjDraft) draft = yj_draft_new (model);
  YjDraftFile *file;

  attach_letters (draft, "pP");
  file = get (draft, YJ_SLOT_REFERENCE_IMAGES, 1);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr(GPtrArray) problems = NULL;
      g_autoptr(YjFit) fit = NULL;
      guint told = 0;

      yj_draft_file_set_state (file, states[i]);
      problems = yj_draft_validate (draft);
      for (guint j = 0; j < problems->len; j++)
        {
          const YjProblem *problem = g_ptr_array_index (problems, j);

          if (problem->file != file || problem->severity != YJ_PROBLEM_ERROR)
            continue;
          g_assert_nonnull (strstr (problem->message, "“f” "));
          g_assert_false (problem->can_mend);
          told++;
        }
      g_assert_cmpuint (told, ==, states[i] != YJ_FILE_THERE);
      fit = yj_draft_fit (draft, model);
      g_assert_cmpuint (fit->taken, ==, 2);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/fit/rows", test_rows);
  g_test_add_func ("/fit/true", test_true);
  g_test_add_func ("/fit/there-and-back", test_there_and_back);
  g_test_add_func ("/fit/lost", test_lost);

  return g_test_run ();
}
