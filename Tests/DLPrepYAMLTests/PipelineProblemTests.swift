import Testing

@testable import DLPrepPipeline

struct PipelineProblemTests {
  @Test func everyProblemOfAFileIsReportedAtOnce() {
    let yaml = """
      dlprep: 1
      nam: x
      name: two words
      seed: -1
      params: {a: [1], b: 2}
      input:
        delimter: ";"
        delimiter: ;;
        escape: none
        header: yes
        null_values: NA
        comment: #
        bad_rows: {action: drop}
        thousands: "x"
        columns: [a, ?b, ~]
      schema:
        extra: error
        on_fail: eror
        columns:
          a: {type: flaot, rol: id}
          b: {format: "%Y"}
          c: {type: date, timezone: UTC}
          d: float
          e: {role: target}
          f: {role: target}
          g: {role: ignore, check: {min: 0}}
          h: {check: {mn: 0, columns: x}}
      split: {method: time, key: k, test: 2}
      steps:
        - impuet
        - impute: {strategy: medain, indicater: true}
        - impute:
          columns: numeric
        - [impute]
        - impute: numeric
        - impute: {strategy: constant}
        - outliers: {id: "a b", columns: of(x), factor: 200}
        - outliers: {id: o, columns: a}
        - outliers: {id: o, columns: b, quantiles: [0.1, x], factor: "${bb}"}
        - impute: {columns: numeric binary}
        - impute:
      output:
        dtype: float16
        passthrough: [z, g, z]
        limits: {columns: 0, rows: 1}
      model: {}
      """
    let expected = """
      p.yaml:2:1: unknown: there is no key 'nam' in pipeline files; did you mean 'name'?
      p.yaml:3:7: value: 'name': expected a name of letters, digits, - and _, found 'two words'
      p.yaml:4:7: value: 'seed': expected a whole number from 0, found '-1'
      p.yaml:5:13: value: 'params.a': expected a scalar, found a list
      p.yaml:7:3: unknown: 'input' has no key 'delimter'; did you mean 'delimiter'?
      p.yaml:8:14: value: 'input.delimiter': expected one ASCII character other than a quote, a letter or a digit, found ';;'
      p.yaml:10:11: value: 'input.header': expected true or false, found 'yes'; write true
      p.yaml:11:16: value: 'input.null_values': expected a list, each text, found 'NA'
      p.yaml:12:11: value: 'input.comment': expected one ASCII character other than a quote, a letter or a digit, or none, found nothing; put it in quotes
      p.yaml:13:22: value: 'input.bad_rows': 'action': expected one of error, reject, keep, found 'drop'
      p.yaml:14:14: value: 'input.thousands': expected none or one of , . ' _ and space, found 'x'
      p.yaml:17:3: unknown: 'schema' has no key 'extra'; it takes extra_columns, on_fail, columns
      p.yaml:18:12: value: 'schema.on_fail': expected one of error, warn, null, reject, found 'eror'; did you mean 'error'?
      p.yaml:20:15: value: 'schema.columns.a.type': expected one of integer, float, bool, category, text, date, timestamp, found 'flaot'; did you mean 'float'?
      p.yaml:20:22: unknown: 'schema.columns.a' has no key 'rol'; did you mean 'role'?
      p.yaml:21:17: value: 'schema.columns.b.format': only a date or a timestamp has one; declare its type
      p.yaml:22:31: value: 'schema.columns.c.timezone': only a timestamp has one; declare its type
      p.yaml:23:8: value: 'schema.columns.d': expected a mapping, found 'float'; say what is known of it, such as {type: float}
      p.yaml:25:5: value: column 'f' has role target, as 'e' has; one column can have it
      p.yaml:26:30: value: 'schema.columns.g.check': a column with role ignore is not read
      p.yaml:27:17: unknown: 'check' has no parameter 'mn'; did you mean 'min'?
      p.yaml:27:24: unknown: 'schema.columns.h.check' has no key 'columns'; the check is on this column
      p.yaml:28:17: value: 'split.method': no column has role time; declare one: schema: {columns: {NAME: {role: time}}}
      p.yaml:28:28: value: 'split.key': rows are split by their time, not by a key; leave it out
      p.yaml:28:37: value: 'split.test': expected a number from 0 to 1, found '2'
      p.yaml:30:5: unknown: there is no stage named 'impuet'; did you mean 'impute'?
      p.yaml:31:24: value: 'impute.strategy': expected one of mean, median, constant, found 'medain'; did you mean 'median'?
      p.yaml:31:32: unknown: 'impute' has no parameter 'indicater'; did you mean 'indicator'?
      p.yaml:33:5: value: expected one stage, found 'impute', 'columns'; indent the parameters further than 'impute'
      p.yaml:34:5: value: expected a stage, found a list; a step is a stage's name with its parameters: - impute: {columns: numeric}
      p.yaml:35:13: value: expected the parameters of 'impute' as a mapping, found 'numeric'; write impute: {key: value}
      p.yaml:36:13: value: 'impute': strategy constant needs a value
      p.yaml:37:20: value: 'outliers.id': expected a name of letters, digits, - and _, found 'a b'
      p.yaml:37:39: unknown: selector: there is no step 'x' before this one; there are impute, impute_2, impute_3
      p.yaml:37:51: value: 'outliers.factor': expected a number from 0 to 100, found '200'
      p.yaml:39:20: value: 'outliers.id': another step is called 'o'; it is at p.yaml:38:5
      p.yaml:39:52: value: 'outliers.quantiles': expected a number, found 'x'
      p.yaml:39:64: unknown: 'params' has no 'bb'; did you mean 'b'?
      p.yaml:40:31: value: 'impute.columns': selector: expected & or |, found 'binary'; a name that holds spaces is written in double quotes inside the selector
      p.yaml:41:12: value: expected the parameters of 'impute' as a mapping, found nothing; a step without parameters is its name alone: - impute
      p.yaml:43:10: value: 'output.dtype': expected one of float32, float64, found 'float16'; did you mean 'float32'?
      p.yaml:44:17: value: 'output.passthrough': column 'z' is named twice
      p.yaml:44:20: value: 'output.passthrough': column 'g' has role ignore, so it is not read; give it role id
      p.yaml:45:21: value: 'output.limits': 'columns': expected a whole number from 1 to 1000000000, found '0'
      p.yaml:46:1: unknown: there is no key 'model' in pipeline files; there are dlprep, name, description, seed, params, input, schema, split, steps, output, lints
      """
    let errors = decoded(yaml).errors
    #expect(errors.joined(separator: "\n") == expected)
  }

  @Test(arguments: [
    (
      "name: x\n",
      "p.yaml:1:1: value: expected 'dlprep: 1' as the first key, found 'name'; add dlprep: 1 above it"
    ),
    (
      "name: x\ndlprep: 1\n",
      "p.yaml:2:1: value: expected 'dlprep: 1' as the first key, found 'name'; move dlprep: 1 to the top"
    ),
    (
      "dlprep: 2\n",
      "p.yaml:1:9: value: 'dlprep': expected 1, the only version of the format, found '2'"
    ),
    (
      "dlprep: 1\nsteps: {impute: {}}\n",
      "p.yaml:2:8: value: 'steps': expected a list, found a mapping; each step starts with a dash"
    ),
    ("dlprep: 1\ninput: x\n", "p.yaml:2:8: value: 'input': expected a mapping, found 'x'"),
    (
      "dlprep: 1\nsteps: [derive: {set: {a: b}}]\n",
      "p.yaml:2:9: unknown: there is no stage named 'derive'; 'dlprep stages' lists them, 'dlprep stages --find derive' finds other names"
    ),
    ("dlprep: 1\nsplit: {test: \"${x}\"}\n", "p.yaml:2:15: unknown: 'params' has no 'x'"),
    (
      "dlprep: 1\ninput: {decimal: \",\", thousands: \",\"}\n",
      "p.yaml:2:34: value: 'input.thousands': it is the character before the decimals too"
    ),
    (
      "dlprep: 1\ninput: {delimiter: \";\", comment: \";\"}\n",
      "p.yaml:2:34: value: 'input.comment': it is the delimiter too"
    ),
    (
      "dlprep: 1\ninput: {header: false, columns: [a, a]}\n",
      "p.yaml:2:33: value: 'input.columns': the name 'a' is given twice"
    ),
    (
      "dlprep: 1\nsteps: [impute: {}, impute: {id: impute}]\n",
      "p.yaml:2:34: value: 'impute.id': another step is called 'impute'; it is at p.yaml:2:9"
    ),
    (
      "dlprep: 1\nschema: {columns: {a: {type: date, format: \"%Q\"}}}\n",
      "p.yaml:2:44: value: 'schema.columns.a.format': expected a known part in the format '%Q', found '%Q'; known are %Y %y %m %d %H %I %M %S %f %b %B %a %A %j %p %z %T %F %%"
    ),
    (
      "dlprep: 1\nschema: {columns: {a: {type: timestamp, timezone: Europe/Pariss}}}\n",
      "p.yaml:2:51: value: 'schema.columns.a.timezone': expected the name of a time zone, found 'Europe/Pariss'; names look like Europe/Paris; the system's time zone database (tzdata) must be there"
    ),
    (
      "dlprep: 1\nsteps: [check: {min: 0}]\n",
      "p.yaml:2:9: value: 'check' must be told its columns; such as columns: [a, b] or columns: numeric"
    ),
    (
      "dlprep: 1\nsteps: [impute: {name: \"{colum}_{value}\"}]\n",
      "p.yaml:2:24: value: 'impute.name': there is no '{colum}' in templates; did you mean '{column}'?"
    ),
    (
      "dlprep: 1\ninput:\n  delimiter: |\n",
      "p.yaml:3:14: value: 'input.delimiter': expected one ASCII character other than a quote, a letter or a digit, found nothing; put it in quotes"
    ),
    (
      "dlprep: 1\ndescription: |\nname: x\n",
      "p.yaml:2:14: value: 'description': expected text, found nothing; put it in quotes"
    ),
    (
      "dlprep: 1\nsteps: [impute: {id: params}]\n",
      "p.yaml:2:22: value: 'impute.id': 'params' means something else in addresses"
    ),
    (
      "dlprep: 1\nsteps: [impute: {columns: of(later)}, impute: {id: later}]\n",
      "p.yaml:2:30: unknown: selector: there is no step 'later' before this one"
    ),
  ])
  func aProblemIsToldInFull(_ yaml: String, _ message: String) {
    #expect(decoded(yaml).errors.joined(separator: "\n") == message)
  }
}
