using Jobs.Core;
using Jobs.Core.Ids;

namespace Jobs.Bench.Cost;

/// <summary>
/// Tells what a child pays for from what its parent does: whatever is done for each child is the child's, also under
/// the parent's key. To be asked in the order of the calls.
/// </summary>
internal sealed class FamilyShares(RunId child)
{
    private const string Registration = "child#";
    private const string Note = "endings#";
    private const string Cursor = "cursor";

    /// <summary>The process that noted the end looks once at the parent: for each child.</summary>
    private bool _looks;

    public bool IsChilds(string who, ItemUnits item)
    {
        // The parent's own worker reads the child's result.
        var isResult = who == Callers.Worker && item is { Sort: Tables.WorkerItem, Units.Reads: > 0 };
        if (item.Partition == child.ToString()) return !isResult;
        // The command that asks for the child looks at its parent.
        if (who == "OnCommand") return true;
        if (item.Sort.StartsWith(Registration, StringComparison.Ordinal)) return true;
        if (item.Sort.StartsWith(Note, StringComparison.Ordinal)) return _looks = true;
        if (item.Sort == Cursor) return who != Callers.Worker;
        if (!_looks || item.Units.Reads == 0) return false;
        // A run is read with its worker's record, which comes last.
        _looks = item.Sort != Tables.WorkerItem;
        return true;
    }
}
