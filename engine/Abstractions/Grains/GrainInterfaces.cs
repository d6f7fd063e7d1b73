namespace Orleans
{
    /// <summary>Base of the interfaces through which grains are called.</summary>
    public interface IGrain : Runtime.IAddressable;

    /// <summary>A grain whose key is text.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain whose key is a GUID.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>A grain whose key is an integer.</summary>
    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>A grain whose key is a GUID and text.</summary>
    public interface IGrainWithGuidCompoundKey : IGrain;

    /// <summary>A grain whose key is an integer and text.</summary>
    public interface IGrainWithIntegerCompoundKey : IGrain;

    /// <summary>
    /// Base of the interfaces through which grains call back into objects that are not grains. Calls to one observer run
    /// one after another. The engine holds observers weakly: who creates a reference keeps the object alive.
    /// </summary>
    public interface IGrainObserver : Runtime.IAddressable;
}

namespace Orleans.Runtime
{
    /// <summary>Anything that can be called through a reference.</summary>
    public interface IAddressable;
}
