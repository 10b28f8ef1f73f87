#pragma warning disable IDE0130 // .NET's namespace: the sources of Core name it.
namespace System;
#pragma warning restore IDE0130

/// <summary>.NET Standard has none.</summary>
internal static class HashCode
{
    public static int Combine<T1, T2, T3>(T1 one, T2 two, T3 three) => (one, two, three).GetHashCode();
}
