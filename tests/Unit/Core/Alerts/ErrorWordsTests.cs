using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Alerts;

/// <summary>Different errors are different causes, and one error of many runs is one.</summary>
public sealed class ErrorWordsTests
{
    [Theory]
    [InlineData("The file is empty.", "The file is empty")]
    [InlineData("Order 17 of customer 'Anna Müller' has no lines.", "Order … of customer … has no lines")]
    [InlineData("Could not find file '/tmp/a b.csv'. Is it there?", "Could not find file …")]
    [InlineData("incoming/a.csv: row 7 has 5 fields", "… row … has … fields")]
    [InlineData("Unable to connect to Redis at 10.0.0.7:6379.", "Unable to connect to … at …")]
    [InlineData("It's not open (it's closed)", "It's not open …")]
    [InlineData("first line\n   at Somewhere.Else()", "first line")]
    [InlineData("a b c d e f g h i j k l m n", "a b c d e f g h i j k l")]
    [InlineData("42", "…")]
    [InlineData("", "")]
    public void Plain_words_of_the_first_sentence_are_kept(string message, string expected) =>
        Assert.Equal(expected, ErrorWords.Of(message));

    [Fact]
    public void Errors_of_one_type_with_other_words_are_other_causes() =>
        Assert.NotEqual(CauseOf("The disk is full."), CauseOf("The table is locked."));

    [Fact]
    public void Error_of_another_run_is_the_same_cause() =>
        Assert.Equal(CauseOf("Order 17 has no lines."), CauseOf("Order 23 has no lines."));

    [Fact]
    public void Cause_is_read_as_it_was_written()
    {
        var cause = CauseOf("Order #17 has no lines.");
        Assert.Equal(cause, AlertCauseKey.Parse(cause.ToString()));
    }

    private static AlertCauseKey CauseOf(string message)
    {
        var verdict = new Verdict(VerdictClass.JobFailed, VerdictAction.GiveUp, "It failed.", "Look.");
        var run = Sample.In(RunState.Failed) with { Verdict = verdict };
        return AlertCauseKey.OfFailure(run, new Attempt(new LaunchId(run.Id, 1), 1, verdict)
        {
            Error = new WorkerError("System.InvalidOperationException", message, null, Retryable: false),
        });
    }
}
