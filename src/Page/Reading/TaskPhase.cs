namespace Jobs.Page.Reading;

/// <param name="Kind">What the run was at, in one word; also how it is drawn.</param>
/// <param name="To">Null while it lasts.</param>
internal sealed record TaskPhase(string Kind, DateTimeOffset From, DateTimeOffset? To);
