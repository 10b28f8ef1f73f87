namespace Lapstack.Patterns;

/// <summary>One alternative in the array a pattern gives for a field.</summary>
/// <param name="Matches">Whether a value of the field satisfies it.</param>
/// <param name="WantsAbsence">True for {"exists": false}, which is satisfied by the field's absence and by no
/// value.</param>
internal sealed record FieldMatcher(Func<FieldValue, bool> Matches, bool WantsAbsence = false)
{
    public static readonly FieldMatcher Present = new(_ => true);
    public static readonly FieldMatcher Absent = new(_ => false, WantsAbsence: true);

    /// <summary>Most operators look at strings only: a number never has a prefix.</summary>
    public static FieldMatcher OnText(Func<string, bool> matches) =>
        new(value => value.IsString && matches(value.Text));
}
