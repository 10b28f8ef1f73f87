namespace Lapstack.Template;

/// <summary>
/// Things of a kind that a stack refers to by name and does not make: the account has them, and the emulator stands in
/// for it.
/// </summary>
public interface IExistingResources
{
    /// <summary>Called when every resource of the stack is made.</summary>
    void Open(Stack stack);
}
