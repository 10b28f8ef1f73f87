using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Verdicts;

public sealed class VerdictTests
{
    [Fact]
    public void Sentence_is_cut_to_its_limit_without_splitting_a_character()
    {
        var verdict = new Verdict(
            VerdictClass.JobFailed, VerdictAction.Retry, new string('x', Verdict.MaxSentence - 2) + "😀😀", "Read it.");

        Assert.Equal(Verdict.MaxSentence - 1, verdict.Sentence.Length);
        Assert.EndsWith("x…", verdict.Sentence, StringComparison.Ordinal);
        var longer = new Verdict(
            VerdictClass.JobFailed, VerdictAction.Retry, new string('x', Verdict.MaxSentence + 1), "Read it.");
        Assert.Equal(new string('x', Verdict.MaxSentence - 1) + "…", longer.Sentence);
        Assert.Equal(
            new string('x', Verdict.MaxSentence),
            new Verdict(
                VerdictClass.JobFailed, VerdictAction.Retry, new string('x', Verdict.MaxSentence), "").Sentence);
    }
}
