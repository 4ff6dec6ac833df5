//! `Group`: the children of a row, of which there are many, or one at most; and its parent, which it may lack.

/// The children of one parent.
pub trait Group<T>: Default {
    /// Takes a child; gives it back where there is no room for it.
    #[doc(hidden)]
    fn add(&mut self, child: T) -> Result<(), T>;
}

impl<T> Group<T> for Vec<T> {
    fn add(&mut self, child: T) -> Result<(), T> {
        self.push(child);
        Ok(())
    }
}

impl<T> Group<T> for Option<T> {
    fn add(&mut self, child: T) -> Result<(), T> {
        match self {
            Some(_) => Err(child),
            None => {
                *self = Some(child);
                Ok(())
            }
        }
    }
}

/// The parent of a child.
pub trait OneParent<T>: Sized {
    /// What is said of a parent that was found or not; `None` where it must be there.
    #[doc(hidden)]
    fn found(parent: Option<T>) -> Option<Self>;
}

impl<T> OneParent<T> for T {
    fn found(parent: Option<T>) -> Option<T> {
        parent
    }
}

impl<T> OneParent<T> for Option<T> {
    fn found(parent: Option<T>) -> Option<Option<T>> {
        Some(parent)
    }
}
