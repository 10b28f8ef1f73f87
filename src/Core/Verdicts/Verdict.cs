namespace Jobs.Core.Verdicts;

/// <param name="Sentence">What happened, in one sentence for people.</param>
/// <param name="NextStep">What to do about it, in one sentence for people.</param>
public sealed record Verdict(VerdictClass Class, VerdictAction Action, string Sentence, string NextStep)
{
    /// <summary>Longest sentence kept on the run: ECS's own texts can be long, the control item stays small.</summary>
    public const int MaxSentence = 400;

    public string Sentence { get; } = Sentence.Length <= MaxSentence ? Sentence : string.Concat(
        Shortened(Sentence), "…");

    // Never half of a surrogate pair: it could not be stored.
    private static ReadOnlySpan<char> Shortened(string text) =>
        text.AsSpan(0, char.IsHighSurrogate(text[MaxSentence - 2]) ? MaxSentence - 2 : MaxSentence - 1);
}
