namespace Jobs.Core.Children;

/// <summary>The claim of an array's next children.</summary>
/// <param name="Epoch">In which there are free places for them.</param>
/// <param name="Ending">
/// Index of the child whose end freed the place; null of a look, of which there is one in an epoch.
/// </param>
/// <param name="Step">
/// Claims that this ending, or look, has made before: of two with one number, the second is the first one sent again.
/// </param>
/// <param name="Children">How many, 1 or more.</param>
public readonly record struct ArrayClaim(int Epoch, int? Ending, int Step, int Children);
