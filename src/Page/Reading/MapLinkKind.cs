namespace Jobs.Page.Reading;

/// <summary>How one job leads to another.</summary>
internal enum MapLinkKind
{
    /// <summary>It comes after the other's end.</summary>
    After,

    /// <summary>The other submits it.</summary>
    Submits,

    /// <summary>The other writes where uploads start it.</summary>
    Writes,
}
