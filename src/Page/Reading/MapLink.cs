namespace Jobs.Page.Reading;

/// <param name="From">Name of a job.</param>
/// <param name="To">Name of the job that is started.</param>
/// <param name="Words">How, for people.</param>
internal sealed record MapLink(string From, string To, MapLinkKind Kind, string Words);
