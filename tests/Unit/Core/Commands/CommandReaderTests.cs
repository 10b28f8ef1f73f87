using Jobs.Core;
using Jobs.Core.Commands;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Core.Commands;

public sealed class CommandReaderTests
{
    private static readonly RunId Run = RunId.From("line-count", "a");

    [Fact]
    public void Submit_is_read_with_its_input_as_it_was_written() => Assert.Equal(
        new Command.Submit("k", "line-count", "{ \"a\": 1.50 }", 3),
        CommandReader.Read("""{"command":"submit","id":"k","job":"line-count","input":{ "a": 1.50 },"priority":3}"""));

    [Fact]
    public void Labels_of_a_command_are_in_order()
    {
        const string Labelled =
            """{"command":"submit","id":"k","job":"line-count","labels":{"team":"a=b","order":"17"}}""";
        Assert.Equal(
            ["order=17", "team=a=b"],
            Assert.IsType<Command.Submit>(CommandReader.Read(Labelled)).Labels.AsEnumerable());
    }

    [Fact]
    public void Submit_without_input_has_an_empty_one() =>
        Assert.Equal(
            new Command.Submit("k", "line-count", "{}", 0),
            CommandReader.Read("""{"command":"submit","id":"k","job":"line-count"}"""));

    [Fact]
    public void Retry_and_cancel_name_their_run()
    {
        Assert.Equal(
            new Command.Retry("k", Run), CommandReader.Read($$"""{"command":"retry","id":"k","run":"{{Run}}"}"""));
        Assert.Equal(
            new Command.Cancel("k", Run), CommandReader.Read($$"""{"command":"cancel","id":"k","run":"{{Run}}"}"""));
    }

    [Fact]
    public void Cancel_may_be_of_a_replay() =>
        Assert.Equal(
            new Command.CancelReplay("k", "begun"),
            CommandReader.Read("""{"command":"cancel","id":"k","replay":"begun"}"""));

    [Fact]
    public void Replay_has_its_source_as_it_was_written_and_a_rate_of_60() => Assert.Equal(
        new Command.Replay("k", """{ "prefix": "a/" }""", 60, false), CommandReader.Read(
            """{"command":"replay","id":"k","source":{ "prefix": "a/" }}"""));

    [Fact]
    public void Runs_have_the_ids_that_the_sender_computes()
    {
        Assert.Equal(RunId.From("line-count", "manual", "k"), new Command.Submit("k", "line-count", "{}", 0).Run);
        Assert.Equal(RunId.From("line-count", "retry", Run.ToString(), "k"), new Command.Retry("k", Run).NewRun);
    }

    [Theory]
    [InlineData("", "a command is JSON")]
    [InlineData("not json", "a command is JSON (sent: not json")]
    [InlineData("[1]", "a command is a JSON object (sent: [1])")]
    [InlineData(
        "{}", "$.command is a string: submit, retry, cancel, replay, pause, resume, testAlert (sent: nothing)")]
    [InlineData("""{"command":7}""", "(sent: 7)")]
    [InlineData("""{"command":"submitt"}""", "Did you mean 'submit'?")]
    [InlineData("""{"command":"cancel","run":"line-count/1"}""", "$.id is a string: a key of 1 to 128 characters")]
    [InlineData("""{"command":"cancel","id":"","run":"line-count/1"}""", "$.id is a string")]
    [InlineData("""{"command":"cancel","id":"k","run":"line-count/1"}""",
        "$.run is <job>/<26 characters> (sent: line-count/1)")]
    [InlineData("""{"command":"cancel","id":"k","replay":7}""", "$.replay is a string: the id of a replay (sent: 7)")]
    [InlineData("""{"command":"cancel","id":"k","replay":"begun","run":"x"}""", "$ has no member 'run'")]
    [InlineData("""{"command":"submit","id":"k"}""", "$.job is a string: the name of a job")]
    [InlineData("""{"command":"submit","id":"k","job":"j","priority":10}""",
        "$.priority is a whole number from 0 to 9 (sent: 10)")]
    [InlineData("""{"command":"submit","id":"k","job":"j","priority":"1"}""", "$.priority is a whole number")]
    [InlineData("""{"command":"submit","id":"k","job":"j","labels":"team=a"}""", "$.labels is an object of texts")]
    [InlineData("""{"command":"submit","id":"k","job":"j","labels":{"Team":"a"}}""",
        "a label is name=value: a name of 1 to 32")]
    [InlineData("""{"command":"submit","id":"k","job":"j","labels":{"team":7}}""", "a label is name=value")]
    [InlineData("""{"command":"submit","id":"k","job":"j","labels":{"a":"1","b":"1","c":"1","d":"1","e":"1","f":"1"}}""", "$.labels are at most 5")]
    [InlineData("""{"command":"submit","id":"k","job":"j","inptu":{}}""",
        "$ has no member 'inptu' (sent: {}). Did you mean 'input'?")]
    [InlineData("""{"command":"cancel","id":"k","run":"x","because":1}""",
        "$ has no member 'because' (sent: 1). Leave it out; it has: command, id, by, run.")]
    [InlineData("""{"command":"submit","id":"k","job":"j","array":{"key":"_jobs/arrays/k","count":1,"size":1}}""",
        "$.array has no member 'size'")]
    [InlineData("""{"command":"submit","id":"k","job":"j","array":{},"input":{}}""", "$ has no member 'input'")]
    [InlineData("""{"command":"replay","id":"k"}""", "$.source says what to run again (sent: nothing)")]
    [InlineData("""{"command":"replay","id":"k","source":{"prefix":"a/"},"perMinute":0}""",
        "$.perMinute is 1 to 6,000 (sent: 0)")]
    [InlineData("""{"command":"replay","id":"k","source":{"prefix":"a/"},"force":"yes"}""",
        "$.force is true or false (sent: \"yes\")")]
    public void Message_that_is_no_command_is_rejected_with_rule_value_and_place(string body, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<RejectedMessageException>(() => CommandReader.Read(body)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Array_runs_as_many_at_once_as_it_says_or_all()
    {
        Assert.Equal(
            new Command.SubmitArray("k", "j", new ArrayWork("_jobs/arrays/k.jsonl", 10_000, 10_000), 0),
            CommandReader.Read(Array("10000")));
        Assert.Equal(7, ((Command.SubmitArray)CommandReader.Read(Array("100", ""","maxConcurrent":7"""))).Work.AtOnce);
        Assert.Equal(5, ((Command.SubmitArray)CommandReader.Read(Array("5", ""","maxConcurrent":7"""))).Work.AtOnce);
    }

    [Theory]
    [InlineData("0", "", "$.array.count is 1 to 100,000 (sent: 0). An array of none needs no run")]
    [InlineData("100001", "",
        "(sent: 100001). An array of none needs no run; send a larger one as several of at most 100,000.")]
    [InlineData("\"3\"", "", "$.array.count is 1 to 100,000")]
    [InlineData("3", ""","maxConcurrent":0""", "$.maxConcurrent is 1 to 100,000 (sent: 0)")]
    public void Array_of_none_or_too_many_is_rejected_with_the_remedy(string count, string more, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<RejectedMessageException>(() => CommandReader.Read(Array(count, more))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"_jobs/arrays/k.jsonl\"")]
    [InlineData("3")]
    public void Array_that_is_no_object_is_rejected(string array) => Rejects(
        $$"""{"command":"submit","id":"k","job":"j","array":{{array}}}""",
        $"$.array is an object (sent: {array}). Send {{\"key\":\"_jobs/arrays/….jsonl\",\"count\":…}}, or leave it " +
        "out to submit one run.");

    [Theory]
    [
        InlineData(
            """{"command":"submit","id":"k","job":"j","input":{"rows":[{"name":"\ud800"}]}}""",
            """$.input.rows[0].name has whole characters, and half of a surrogate pair is none (sent: "\ud800")""")
    ]
    [InlineData("""{"command":"submit","id":"k\udc00","job":"j"}""", "$.id has whole characters")]
    [InlineData("""{"command":"submit","id":"k","job":"j","\ud800":1}""", "a member's name in $ has whole characters")]
    [InlineData("\ufeff{\"command\":\"submit\"}", "a command is JSON")]
    [
        InlineData(
            """{"command":"submit","command":"cancel","id":"k","job":"j"}""", "$.command is there once (sent: twice)")
    ]
    [
        InlineData(
            """{"command":"submit","id":"k","job":"j","input":{"a":{"b":1,"b":1}}}""",
            "$.input.a.b is there once (sent: twice)")
    ]
    [InlineData("""{"command":"submit","id":"k","job":"j","input":NaN}""", "a command is JSON")]
    [
        InlineData(
            """{"command":"submit","id":"k","job":"j","priority":1e999999999999}""",
            "$.priority is a whole number from 0 to 9")
    ]
    [
        InlineData(
            """{"command":"cancel","id":"k","run":"No job/00000000000000000000000000"}""",
            "$.run is <job>/<26 characters>")
    ]
    [
        InlineData(
            """{"command":"replay","id":"k","source":{"failed":{"job":7,"from":"2026-01-01","to":"2026-01-02"}}}""",
            "$.source.failed.job is the name of a job")
    ]
    [
        InlineData(
            """{"command":"replay","id":"k","source":{"failed":{"jbo":"j","from":"2026-01-01","to":"2026-01-02"}}}""",
            "$.source.failed has no member 'jbo'")
    ]
    public void Text_that_each_reader_would_take_for_something_else_is_rejected_with_its_place(
        string body, string reason) => Rejects(body, reason);

    [Fact]
    public void Half_a_surrogate_pair_in_the_message_itself_is_rejected() =>
        Rejects("{\"command\":\"submit\",\"id\":\"\ud800\"}", "a command is Unicode text");

    [Fact]
    public void Deep_nesting_is_rejected() =>
        Rejects(
            $$"""{"command":"submit","id":"k","job":"j","input":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""",
            "a command is JSON");

    [Fact]
    public void What_DynamoDB_and_S3_would_refuse_as_too_long_is_rejected()
    {
        var text = new string('ü', 600);

        Rejects(
            $$"""{"command":"cancel","id":"k","replay":"{{text}}"}""",
            "$.replay has at most 128 characters (sent: 600 characters)");
        Rejects(
            $$"""{"command":"cancel","id":"k","run":"{{new string('j', 65)}}/00000000000000000000000000"}""",
            "$.run is <job>/<26 characters>");
        Rejects(
            $$$"""{"command":"submit","id":"k","job":"j","array":{"key":"_jobs/arrays/{{{text}}}","count":3}}""",
            "$.array.key has at most 1,024 bytes, as every key in S3 (sent: 1,213 bytes)");
        Rejects(
            $$$"""{"command":"replay","id":"k","source":{"prefix":"{{{text}}}"}}""",
            "a prefix has at most 1,024 bytes");
        Rejects(
            $$$"""{"command":"replay","id":"k","source":{"prefix":"a/"{{{new string(' ', 5_000)}}}}}""",
            "$.source has at most 4,096 bytes of JSON");
    }

    [Fact]
    public void Name_of_an_unknown_member_is_cut_in_the_reason() => Assert.InRange(
        Assert.Throws<RejectedMessageException>(
            () =>
                CommandReader.Read(
                    $$"""{"command":"cancel","id":"k","{{new string('x', 100_000)}}":1}""")).Message.Length, 50, 500);

    private static void Rejects(string body, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<RejectedMessageException>(() => CommandReader.Read(body)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Array_elsewhere_in_the_bucket_is_rejected() => Assert.Contains(
        "$.array.key is under _jobs/arrays/ (sent: incoming/a.jsonl)",
        Assert.Throws<RejectedMessageException>(
            () => CommandReader.Read(Array("3").Replace("_jobs/arrays/k", "incoming/a",
                StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"run":"x","index":0}""", "$.run is <job>/<26 characters> (sent: x)")]
    [InlineData("""{"run":"x","index":-1}""", "$.parent has a run and an index from 0 to 9,999")]
    [InlineData("7", "$.parent has a run and an index from 0 to 9,999 (sent: 7)")]
    public void Parent_that_is_none_is_rejected(string parent, string reason) => Assert.Contains(
        reason,
        Assert.Throws<RejectedMessageException>(
            () => CommandReader.Read($$"""{"command":"submit","id":"k","job":"j","parent":{{parent}}}""")).Message,
        StringComparison.Ordinal);

    private static string Array(string count, string more = "") =>
        $$"""{"command":"submit","id":"k","job":"j","array":{"bucket":"b","key":"_jobs/arrays/k.jsonl","count":{{count}}}{{more}}}""";

    [Fact]
    public void Id_of_129_characters_is_too_long()
    {
        Assert.Equal(128, CommandReader.Read(Body(128)).Id.Length);
        Assert.Contains(
            "sent: 129 characters",
            Assert.Throws<RejectedMessageException>(() => CommandReader.Read(Body(129))).Message,
            StringComparison.Ordinal);

        static string Body(int length) => $$"""{"command":"submit","id":"{{new string('k', length)}}","job":"j"}""";
    }

    [Fact]
    public void Input_of_256_kilobytes_is_the_largest()
    {
        var largest = (Command.Submit)CommandReader.Read(Body(RunRequest.MaxInputBytes));

        Assert.Equal(RunRequest.MaxInputBytes, largest.Input.Length);
        var refused = Assert.Throws<RejectedMessageException>(
            () => CommandReader.Read(Body(RunRequest.MaxInputBytes + 1)));
        Assert.Contains("Upload the data to the bucket", refused.Message, StringComparison.Ordinal);

        static string Body(int bytes) =>
            $$"""{"command":"submit","id":"k","job":"j","input":"{{new string('x', bytes - 2)}}"}""";
    }
}
