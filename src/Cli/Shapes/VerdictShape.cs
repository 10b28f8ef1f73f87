using Jobs.Core.Verdicts;

namespace Jobs.Cli.Shapes;

/// <param name="Class">Such as Succeeded, JobFailed, OutOfMemory.</param>
/// <param name="Sentence">What happened.</param>
/// <param name="NextStep">What to do about it.</param>
internal sealed record VerdictShape(string Class, string Sentence, string NextStep)
{
    public static VerdictShape Of(Verdict verdict) => new(verdict.Class.ToString(), verdict.Sentence, verdict.NextStep);
}
